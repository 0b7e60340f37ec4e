import { createHash } from 'node:crypto'
import { CryptoError, ENVELOPE_OVERHEAD } from '@chartward/crypto'
import type { Connection } from '@chartward/db'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { Keyring } from '../../keys/keyring.ts'

/** So that an envelope, and with it a row, is 1 MiB at most. */
export const PIECE_BYTES = 1024 * 1024 - ENVELOPE_OVERHEAD - 1

/** The first byte of a piece's plaintext says whether it is the last: an upload cut short is noticed. */
const LAST = 1
const MORE = 0

/**
 * A piece of an upload that still comes in is followed by the next within seconds, or the connection is
 * ended: after this nobody goes on with it.
 */
const ABANDONED = '10 minutes'

/** What was stored of an upload. */
export interface StoredBytes {
  readonly bytes: number
  /** Of the bytes as they came. */
  readonly sha256: Buffer
  readonly pieces: number
}

const bindingOf = (uploadId: string, sequence: number) => ({
  purpose: 'upload',
  table: 'upload_pieces',
  fieldClass: 'bytes',
  rowId: uploadId,
  rowVersion: sequence + 1,
})

/**
 * Seals bytes as they come and stores them piece by piece, each for itself: of all of them one piece at a
 * time is in memory, and none is on disk as it came. What was stored of an upload that fails is deleted,
 * and `deleteAbandonedPieces` does it where the process is gone.
 */
export const storePieces = async (
  app: Pick<App, 'db' | 'keyring' | 'space'>,
  uploadId: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<StoredBytes> => {
  const sha256 = createHash('sha256')
  let held: Uint8Array[] = []
  let [heldBytes, bytes, sequence] = [0, 0, 0]
  const store = async (mark: typeof LAST | typeof MORE, piece: Buffer): Promise<void> => {
    await app.space.require('low')
    const content = app.keyring.seal(
      'uploads',
      bindingOf(uploadId, sequence),
      Buffer.concat([Buffer.of(mark), piece]),
    )
    await app.db.sql`
      insert into upload_pieces (upload_id, sequence, content) values (${uploadId}, ${sequence}, ${content})`
    sequence += 1
  }
  try {
    for await (const chunk of chunks) {
      sha256.update(chunk)
      bytes += chunk.length
      held.push(chunk)
      heldBytes += chunk.length
      // Never all of it: which piece is the last is known only when there are no more bytes.
      if (heldBytes <= PIECE_BYTES) continue
      let whole = Buffer.concat(held)
      for (; whole.length > PIECE_BYTES; whole = whole.subarray(PIECE_BYTES))
        await store(MORE, whole.subarray(0, PIECE_BYTES))
      held = [whole]
      heldBytes = whole.length
    }
    await store(LAST, Buffer.concat(held))
    return { bytes, sha256: sha256.digest(), pieces: sequence }
  } catch (error) {
    await deletePieces(app, uploadId).catch(() => undefined)
    throw error
  }
}

/**
 * An upload's bytes in order, one piece in memory at a time. Rejects INTEGRITY where a piece is missing, was
 * changed, or belongs elsewhere.
 */
export async function* readPieces(
  { sql }: Pick<Connection, 'sql'>,
  keyring: Keyring,
  uploadId: string,
): AsyncGenerator<Buffer, void, undefined> {
  for (let sequence = 0; ; sequence++) {
    const [row] = await sql<{ content: Buffer }[]>`
      select content from upload_pieces where upload_id = ${uploadId} and sequence = ${sequence}`
    if (row === undefined) throw new ChartwardError('INTEGRITY')
    const piece = await openPiece(keyring, uploadId, sequence, row.content)
    if (piece.length > 1) yield piece.subarray(1)
    if (piece[0] === LAST) return
  }
}

const openPiece = async (
  keyring: Keyring,
  uploadId: string,
  sequence: number,
  content: Buffer,
): Promise<Buffer> => {
  try {
    return await keyring.open('uploads', bindingOf(uploadId, sequence), content)
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY')
  }
}

/** Deletes what is stored of an upload's bytes; deleting what is not there changes nothing. */
export const deletePieces = async ({ db }: Pick<App, 'db'>, uploadId: string): Promise<void> => {
  await db.sql`delete from upload_pieces where upload_id = ${uploadId}`
}

/** Deletes the pieces of uploads that broke off with their process. Gives how many uploads those were. */
export const deleteAbandonedPieces = async ({ db }: Pick<App, 'db'>): Promise<number> => {
  const gone = await db.sql`
    with gone as (
      select upload_id from upload_pieces p
      where not exists (select from uploads u where u.id = p.upload_id)
      group by upload_id having max(created_at) < now() - ${ABANDONED}::interval),
    deleted as (delete from upload_pieces where upload_id in (select upload_id from gone))
    select upload_id from gone`
  return gone.length
}
