import { toHex } from '@chartward/audit'
import { MOST_UPLOAD_BYTES, type UploadAnswer } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requireRight } from '../approvals/standing.ts'
import { uploadSource } from '../import/tokens.ts'
import { startWork } from '../works/start-work.ts'
import { importUploadWork } from './import-upload-work.ts'
import { deletePieces, type StoredBytes, storePieces } from './pieces.ts'
import type { Places } from './places.ts'

export interface Upload {
  /** The name of the system that it is from, as whoever uploads calls it. */
  readonly source: string
  /** How long it says it is. */
  readonly bytes: number | null
  readonly body: AsyncIterable<Uint8Array>
  readonly places: Places
}

/**
 * Takes in a file, sealed as it comes, and asks for its import. The row, its entry and the import's work are
 * written together once all of it is there, if whoever sends it may still do so then; before that, nothing
 * counts. Rejects INVALID_INPUT for one that does not say its length, is too long, or breaks off; CONFLICT
 * while an earlier one of theirs is not imported.
 */
export const receiveUpload = async ({
  ctx,
  input: { source, bytes, body, places },
}: {
  readonly ctx: VerbContext<'import.uploaded'>
  readonly input: Upload
}): Promise<UploadAnswer> => {
  const { app, user } = ctx
  if (bytes === null) throw new ChartwardError('INVALID_INPUT', 'An upload says how long it is.')
  if (bytes === 0) throw new ChartwardError('INVALID_INPUT', 'The file is empty.')
  if (bytes > MOST_UPLOAD_BYTES)
    throw new ChartwardError(
      'INVALID_INPUT',
      'The file is larger than 512 MiB. Zip it, or upload it in parts.',
    )
  return places.within(user.id, async () => {
    await requireNoneWaiting(ctx)
    const id = newId()
    const stored = await storePieces(app, id, wholeOf(body))
    try {
      return await keep(ctx, { id, source, stored })
    } catch (error) {
      await deletePieces(app, id).catch(() => undefined)
      throw error
    }
  })
}

/** What is stored of uploads is bounded by it: one of each person. */
const requireNoneWaiting = async ({ app, user }: VerbContext): Promise<void> => {
  const [waiting] = await app.db.sql`
    select from uploads u where u.uploaded_by = ${user.id}
      and exists (select from upload_pieces p where p.upload_id = u.id) limit 1`
  if (waiting !== undefined)
    throw new ChartwardError('CONFLICT', 'Your last upload is not imported yet. Wait for it, or cancel it.')
}

/** The body, whose breaking off is nobody's fault here. */
async function* wholeOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new ChartwardError('INVALID_INPUT', 'The upload broke off.', { cause })
  }
}

/** Writes that it is there and asks for its import, unless whoever sent it may not do so any more. */
const keep = (
  { app, user, request, entry }: VerbContext<'import.uploaded'>,
  {
    id,
    source: name,
    stored,
  }: { readonly id: string; readonly source: string; readonly stored: StoredBytes },
): Promise<UploadAnswer> =>
  withTransaction(app.db, 'none', async (tx) => {
    await requireRight(tx, app, {
      holder: user.id,
      permission: 'import:upload:create',
      about: null,
      message: 'Your role does not permit this any more.',
    })
    const [pieces] = await tx.sql<{ count: number }[]>`
      select count(*)::int as count from upload_pieces where upload_id = ${id}`
    if (pieces?.count !== stored.pieces) throw new ChartwardError('CONFLICT', 'The upload took too long.')
    const source = uploadSource(name)
    const { bytes, sha256 } = stored
    await app.vouching.insert(tx, 'upload', [
      {
        id,
        uploadedBy: user.id,
        source,
        requestId: request.requestId,
        bytes,
        sha256,
        createdAt: app.clock(),
      },
    ])
    const { workId } = await startWork(tx, app, importUploadWork, { subjectId: id, askedBy: user.id })
    await entry.changed(tx, {
      change: { before: null, after: { source, bytes, sha256: toHex(sha256), work: workId } },
      patientId: null,
      records: null,
      resource: { type: 'Upload', id },
    })
    return { id, workId }
  })
