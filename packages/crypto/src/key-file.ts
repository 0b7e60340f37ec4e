import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
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
 * Write `bytes` to a new file, which has its name once it is whole and durable, and not before. Never
 * overwrites (`key-file-exists`). A process that is killed leaves no file of this name or a whole one, and
 * perhaps one beside it that nothing reads.
 */
export const createKeyFile = (path: string, bytes: Uint8Array): void => {
  const text = Buffer.concat([encodeHex(bytes), Buffer.of(LINE_FEED)])
  try {
    createPrivateFile(path, text)
  } finally {
    text.fill(0)
  }
}

/** The same of a file that holds `text` as it is. */
export const createPrivateFile = (path: string, text: Uint8Array): void => {
  const unfinished = `${path}.${randomBytes(8).toString('hex')}.tmp`
  writeDurably(unfinished, path, text)
  try {
    linkSync(unfinished, path)
  } catch (error) {
    if (hasCode(error, 'EEXIST'))
      throw new CryptoError('key-file-exists', `${path} exists and is not overwritten`)
    throw error
  } finally {
    unlinkSync(unfinished)
  }
  syncFolder(dirname(path))
}

const writeDurably = (unfinished: string, path: string, text: Uint8Array): void => {
  const fd = openNew(unfinished, path)
  try {
    // The process's umask could have taken bits away from the mode that `open` was given.
    fchmodSync(fd, OWNER_ONLY)
    for (let at = 0; at < text.length; ) at += writeSync(fd, text, at)
    fsyncSync(fd)
  } catch (error) {
    unlinkSync(unfinished)
    throw error
  } finally {
    closeSync(fd)
  }
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
    if (end === 0) {
      throw new CryptoError(
        'key-file-invalid',
        `${path} is empty, so it never held a key: delete it where nothing has been set up with it yet, and restore it from its backup otherwise`,
      )
    }
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

const MOST_TEXT = 64 * 1024

/**
 * What a private file holds, such as a passphrase or a token: up to 64 KiB, from a file of which the same is
 * demanded as of a key file. `key-file-invalid` for one that is empty or longer. The caller wipes it.
 */
export const readPrivateFile = (path: string): Buffer => {
  const fd = openExisting(path)
  const text = Buffer.alloc(MOST_TEXT + 1)
  try {
    requirePrivateFile(path, fstatSync(fd), process.getuid?.())
    const end = readAll(fd, text)
    if (end === 0 || end > MOST_TEXT)
      throw new CryptoError('key-file-invalid', `${path} is empty, or longer than such a file is`)
    return Buffer.from(text.subarray(0, end))
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

const openNew = (unfinished: string, path: string): number => {
  try {
    return openSync(unfinished, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY)
  } catch (error) {
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
