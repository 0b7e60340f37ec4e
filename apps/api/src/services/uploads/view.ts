import { toHex } from '@chartward/audit'
import type { ListUploadsOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { desc, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { holds } from '../../guard/holds.ts'
import { uploadName } from '../import/tokens.ts'
import { personOf, userNames } from '../users/names.ts'
import { hasEnded, type UploadWork, uploadWorks } from './upload-works.ts'

export type ShownUpload = ListUploadsOutput['items'][number]

/**
 * The newest uploads, whoever sent them, or the one with an id, with what became of each. Rows that are not
 * vouched for are none.
 */
export const shownUploads = async (
  ctx: Pick<VerbContext, 'app' | 'actor' | 'policy' | 'session' | 'user'>,
  { id, limit }: { readonly id?: string; readonly limit: number },
): Promise<ShownUpload[]> => {
  const { app, user } = ctx
  const { uploads } = schema
  const found = await app.db.orm
    .select()
    .from(uploads)
    .where(id === undefined ? undefined : eq(uploads.id, id))
    .orderBy(desc(uploads.id))
    .limit(limit)
  const rows: typeof found = []
  for (const row of found) if (await app.vouching.admits('upload', row)) rows.push(row)
  const [works, names, patients] = await Promise.all([
    uploadWorks(
      app.db,
      app,
      rows.map((row) => row.id),
    ),
    userNames(
      app.db,
      rows.map(({ uploadedBy }) => uploadedBy),
    ),
    patientsByRequest(
      app,
      rows.map(({ requestId }) => requestId),
    ),
  ])
  const may = holds(ctx, 'import:upload:withdraw')
  return rows.map((row) => {
    const { import: importing = null, withdrawal = null } = works.get(row.id) ?? {}
    const isOver = importing !== null && hasEnded(importing)
    return {
      id: row.id,
      source: uploadName(row.source),
      bytes: row.bytes,
      sha256: toHex(row.sha256),
      uploadedBy: personOf(names, row.uploadedBy),
      uploadedAt: row.createdAt.toISOString(),
      mine: row.uploadedBy === user.id,
      patients: patients.get(row.requestId) ?? 0,
      import: summaryOf(importing),
      withdrawal: summaryOf(withdrawal),
      mayWithdraw: may && isOver && (withdrawal === null || withdrawal.state === 'failed'),
    }
  })
}

const summaryOf = (work: UploadWork | null): ShownUpload['import'] =>
  work === null ? null : { workId: work.workId, state: work.state }

/** Of how many patients the imports of these requests have written something: counts, and nobody's id. */
const patientsByRequest = async (
  { db }: App,
  requests: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db.sql<{ request_id: string; n: number }[]>`
    select request_id, count(distinct patient_id)::int as n from audit_entries
    where request_id = any(${[...requests]}::uuid[]) and action = 'record.imported' and outcome = 'success'
    group by request_id`
  return new Map(rows.map(({ request_id, n }) => [request_id, n]))
}
