import { CryptoError, ENVELOPE_OVERHEAD } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import { ChartwardError } from '../../../core/errors.ts'
import type { Keyring } from '../../../keys/keyring.ts'
import type { ReleaseFormat } from './formats.ts'

/** So that an envelope, and with it a row, is 1 MiB at most. */
const PIECE_BYTES = 1024 * 1024 - ENVELOPE_OVERHEAD - 1

/** The first byte of a piece's plaintext says whether it is the last: a release cut short is noticed. */
const LAST = 1
const MORE = 0

const bindingOf = (exportId: string, format: ReleaseFormat, sequence: number) => ({
  purpose: 'release',
  table: 'release_chunks',
  fieldClass: format,
  rowId: exportId,
  rowVersion: sequence + 1,
})

const sealPiece = (
  keyring: Keyring,
  exportId: string,
  format: ReleaseFormat,
  sequence: number,
  piece: Uint8Array,
  mark: typeof LAST | typeof MORE,
): Buffer =>
  keyring.seal('exports', bindingOf(exportId, format, sequence), Buffer.concat([Buffer.of(mark), piece]))

/**
 * Seals a file piece by piece and writes the pieces in the caller's transaction, holding no more
 * than one of them.
 */
export const storePieces = async (
  tx: Transaction,
  keyring: Keyring,
  exportId: string,
  format: ReleaseFormat,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> => {
  let held: Buffer = Buffer.alloc(0)
  let sequence = 0
  const store = async (piece: Uint8Array, mark: typeof LAST | typeof MORE): Promise<void> => {
    const content = sealPiece(keyring, exportId, format, sequence, piece, mark)
    await tx.orm
      .insert(schema.releaseChunks)
      .values({ exportId, format, sequence, bytes: piece.length, content })
    sequence++
  }
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  for await (const chunk of bytes) {
    waiting.push(chunk)
    waitingBytes += chunk.length
    if (held.length + waitingBytes <= PIECE_BYTES) continue
    held = Buffer.concat([held, ...waiting])
    waiting = []
    waitingBytes = 0
    // Never all of it: which piece is the last is known only when there are no more bytes.
    while (held.length > PIECE_BYTES) {
      await store(held.subarray(0, PIECE_BYTES), MORE)
      held = held.subarray(PIECE_BYTES)
    }
  }
  await store(Buffer.concat([held, ...waiting]), LAST)
}

const openPiece = async (
  keyring: Keyring,
  exportId: string,
  format: ReleaseFormat,
  sequence: number,
  content: Buffer,
): Promise<Buffer> => {
  try {
    return await keyring.open('exports', bindingOf(exportId, format, sequence), content)
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY')
  }
}

/**
 * A stored file's bytes in order, one piece in memory at a time. Rejects INTEGRITY where a piece is missing,
 * was changed, or belongs elsewhere.
 */
export async function* readPieces(
  { sql }: Pick<Connection, 'sql'>,
  keyring: Keyring,
  exportId: string,
  format: ReleaseFormat,
): AsyncGenerator<Buffer, void, undefined> {
  for (let sequence = 0; ; sequence++) {
    const [row] = await sql<{ content: Buffer }[]>`
      select content from release_chunks
      where export_id = ${exportId} and format = ${format} and sequence = ${sequence}`
    if (row === undefined) throw new ChartwardError('INTEGRITY')
    const piece = await openPiece(keyring, exportId, format, sequence, row.content)
    if (piece.length > 1) yield piece.subarray(1)
    if (piece[0] === LAST) return
  }
}
