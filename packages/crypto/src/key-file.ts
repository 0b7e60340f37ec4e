import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CryptoError } from './errors.ts'
import { decodeHex, encodeHex } from './hex.ts'

/**
 * Key files: hex and one line feed, mode 0600, owned by the account that runs the process. The one
 * exception to this package's rule of no I/O, because who may read the file is part of the key's safety.
 * On systems without POSIX owners and modes (Windows) those two checks can't be made and are left out.
 */
const LINE_FEED = 0x0a
const OWNER_ONLY = 0o600
const GROUP_AND_OTHERS = 0o077

/**
 * Write `bytes` to a new file and make file and folder entry durable before returning. Never overwrites
 * (`key-file-exists`); on any later failure the half-written file is removed and the error thrown on.
 */
export const createKeyFile = (path: string, bytes: Uint8Array): void => {
  const fd = openNew(path)
  const text = Buffer.concat([encodeHex(bytes), Buffer.of(LINE_FEED)])
  try {
    // The process's umask could have taken bits away from the mode that `open` was given.
    fchmodSync(fd, OWNER_ONLY)
    for (let at = 0; at < text.length; ) at += writeSync(fd, text, at)
    fsyncSync(fd)
  } catch (error) {
    unlinkSync(path)
    throw error
  } finally {
    text.fill(0)
    closeSync(fd)
  }
  syncFolder(dirname(path))
}

/**
 * The key in the file: exactly `expectedLength` bytes. `key-file-missing`; `key-file-permissions` where
 * another account owns it or could read or change it; `key-file-invalid` for a link, another kind of file,
 * or other content. Checks and reads one and the same open file, so that it can't be exchanged between.
 */
export const readKeyFile = (path: string, expectedLength: number): Buffer => {
  const fd = openExisting(path)
  const text = Buffer.alloc(expectedLength * 2 + 2)
  try {
    requirePrivateFile(path, fstatSync(fd), process.getuid?.())
    const end = readAll(fd, text)
    const digits = text.subarray(0, text[end - 1] === LINE_FEED ? end - 1 : end)
    const key = digits.length === expectedLength * 2 ? decodeHex(digits) : null
    if (key === null) {
      throw new CryptoError(
        'key-file-invalid',
        `${path} does not hold a key of ${expectedLength} bytes in hex: restore it from its backup`,
      )
    }
    return key
  } finally {
    text.fill(0)
    closeSync(fd)
  }
}

/**
 * What `readKeyFile` demands of the file's kind, owner and mode; root gets no exception. Not exported
 * from the package.
 */
export const requirePrivateFile = (
  path: string,
  stats: Pick<Stats, 'isFile' | 'uid' | 'mode'>,
  uid: number | undefined,
): void => {
  if (!stats.isFile()) throw new CryptoError('key-file-invalid', `${path} is not a regular file`)
  if (uid === undefined) return
  if (stats.uid !== uid) {
    throw new CryptoError(
      'key-file-permissions',
      `${path} belongs to another account: run as its owner, or chown it to the account that runs this`,
    )
  }
  if ((stats.mode & GROUP_AND_OTHERS) !== 0) {
    throw new CryptoError(
      'key-file-permissions',
      `${path} is open to other accounts: run chmod 600 ${path}, and rotate the key if they could have read it`,
    )
  }
}

const openNew = (path: string): number => {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      throw new CryptoError('key-file-exists', `${path} exists and is not overwritten`)
    }
    if (hasCode(error, 'ENOENT')) {
      throw new CryptoError('key-file-missing', `the folder for ${path} does not exist`)
    }
    throw error
  }
}

const openExisting = (path: string): number => {
  try {
    // Not through a link, and without waiting for a writer where the path is a pipe.
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new CryptoError('key-file-missing', `${path} does not exist`)
    if (hasCode(error, 'ELOOP') || hasCode(error, 'EMLINK')) {
      throw new CryptoError(
        'key-file-invalid',
        `${path} is a symbolic link: give the path of the file itself`,
      )
    }
    if (hasCode(error, 'EACCES')) {
      throw new CryptoError('key-file-permissions', `${path} can't be read by the account that runs this`)
    }
    throw error
  }
}

const readAll = (fd: number, target: Buffer): number => {
  let end = 0
  while (end < target.length) {
    const count = readSync(fd, target, end, target.length - end, null)
    if (count === 0) break
    end += count
  }
  return end
}

/**
 * A new name is durable only once its folder is (POSIX fsync). Windows can't open folders and
 * needs no such call.
 */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const fd = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
