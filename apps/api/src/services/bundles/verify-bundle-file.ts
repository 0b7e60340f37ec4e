import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { AuditError, BundleError, type VerifiedBundle, verifyBundle } from '@chartward/audit'

export interface BundleFileVerification {
  readonly bundle: VerifiedBundle | null
  /** What does not hold, or why it could not be told; null where all of it holds. */
  readonly problem: { readonly code: string; readonly file: string | null; readonly detail: string } | null
  /** 0: all of it holds. 1: something does not. 2: it could not be verified at all. */
  readonly exitCode: 0 | 1 | 2
}

/**
 * Whether a file begins as a signed bundle does; nothing is verified. One that can't be read is none: whoever
 * verifies it as a log says so.
 */
export const isBundleFile = async (path: string): Promise<boolean> => {
  const file = await open(path).catch(() => null)
  if (file === null) return false
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0).catch(() => NOTHING)
    return bytesRead === 512 && buffer.toString('latin1', 0, 9) === 'manifest\0' && isTar(buffer)
  } finally {
    await file.close()
  }
}

/** What a folder gives. */
const NOTHING = { buffer: Buffer.alloc(0), bytesRead: 0 }

const isTar = (header: Buffer): boolean => header.toString('latin1', 257, 262) === 'ustar'

/** Verifies a signed bundle with nothing but what is pinned of the log's keys, in flat memory. */
export const verifyBundleFile = async (
  path: string,
  verifierKey: string,
): Promise<BundleFileVerification> => {
  try {
    return { bundle: await verifyBundle(createReadStream(path), verifierKey), problem: null, exitCode: 0 }
  } catch (error) {
    if (error instanceof BundleError)
      return {
        bundle: null,
        problem: { code: error.code, file: error.file, detail: error.message },
        exitCode: 1,
      }
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const detail =
      error instanceof AuditError ? error.message : `the file can not be read to its end (${cause})`
    const code = error instanceof AuditError ? error.code : 'unreadable'
    return { bundle: null, problem: { code, file: null, detail }, exitCode: 2 }
  }
}
