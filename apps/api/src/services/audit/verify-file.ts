import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import {
  AuditError,
  type LogProblemCode,
  type LogVerification,
  splitLines,
  verifyLogBundle,
} from '@chartward/audit'

export interface FileVerification extends Omit<LogVerification, 'problems'> {
  readonly problems: readonly {
    readonly index: number | null
    readonly code: LogProblemCode | 'unreadable' | 'malformed-key'
    readonly detail: string
  }[]
  /** 0: all of it holds. 1: something does not. 2: it could not be verified at all. */
  readonly exitCode: 0 | 1 | 2
}

const GZIP = Buffer.from([0x1f, 0x8b])

/**
 * Verifies an exported log (`chartward-log/1`, plain or gzipped, told apart by its first bytes) with nothing
 * but the log's verifier key: no server, no account, no database. Reads it as a stream, so that its size
 * does not matter.
 */
export const verifyFile = async (path: string, verifierKey: string): Promise<FileVerification> => {
  try {
    const verification = await verifyLogBundle(splitLines(readChunks(path)), verifierKey)
    return { ...verification, exitCode: verification.ok ? 0 : 1 }
  } catch (error) {
    if (error instanceof AuditError) return unverified('malformed-key', error.message)
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return unverified('unreadable', `the file can not be read to its end (${cause})`)
  }
}

async function* readChunks(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0)
    const source = file.createReadStream({ start: 0, autoClose: false })
    const isGzip = bytesRead === GZIP.length && buffer.equals(GZIP)
    yield* isGzip ? gunzipped(source) : source
  } finally {
    await file.close()
  }
}

async function* gunzipped(source: Readable): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  try {
    yield* source.pipe(gunzip)
  } finally {
    source.destroy()
  }
}

const unverified = (code: 'unreadable' | 'malformed-key', detail: string): FileVerification => ({
  ok: false,
  origin: null,
  size: null,
  root: null,
  lines: 0,
  problems: [{ index: null, code, detail }],
  problemCount: 1,
  firstUnvouched: 0,
  pins: null,
  exitCode: 2,
})
