import { toHex } from '@chartward/audit'
import { importUploadReport, type ListUploadsOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { holds } from '../../guard/holds.ts'
import { statusAt } from '../approvals/approval.ts'
import { uploadName } from '../import/tokens.ts'
import { personOf, userNames } from '../users/names.ts'
import { patientsByRequest } from './patients-written.ts'
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
  const works = await uploadWorks(
    app.db,
    app,
    rows.map((row) => row.id),
  )
  const names = await userNames(
    app.db,
    rows.map(({ uploadedBy }) => uploadedBy),
  )
  // Of one that came to its end the report has it; what goes on or was cut short is counted by the log.
  const reported = new Map(rows.map((row) => [row.id, patientsIn(works.get(row.id)?.import ?? null)]))
  const untold = rows.filter((row) => reported.get(row.id) === null)
  const patients = await patientsByRequest(
    app,
    untold.map(({ requestId }) => requestId),
  )
  const may = holds(ctx, 'import:upload:withdraw')
  const mayAsk = holds(ctx, 'import:upload:trust')
  const trusts = await trustOf(
    app,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const { import: importing = null, withdrawal = null } = works.get(row.id) ?? {}
    const isOver = importing !== null && hasEnded(importing)
    const trust = trusts.get(row.id) ?? null
    return {
      id: row.id,
      source: uploadName(row.source),
      bytes: row.bytes,
      sha256: toHex(row.sha256),
      uploadedBy: personOf(names, row.uploadedBy),
      uploadedAt: row.createdAt.toISOString(),
      mine: row.uploadedBy === user.id,
      patients: reported.get(row.id) ?? patients.get(row.requestId) ?? 0,
      import: summaryOf(importing),
      withdrawal: summaryOf(withdrawal),
      mayWithdraw: may && isOver && (withdrawal === null || withdrawal.state === 'failed'),
      trust,
      mayAskTrust: mayAsk && importing?.state === 'done' && withdrawal === null && trust?.state !== 'waiting',
    }
  })
}

const patientsIn = (work: UploadWork | null): number | null =>
  importUploadReport.safeParse(work?.result).data?.patients ?? null

const summaryOf = (work: UploadWork | null): ShownUpload['import'] =>
  work === null ? null : { workId: work.workId, state: work.state }

/** What two people have agreed on, or are asked to, by upload. */
const trustOf = async (
  { db, clock, vouching }: VerbContext['app'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<ShownUpload['trust']>>> => {
  const { approvals } = schema
  const rows = await db.orm
    .select()
    .from(approvals)
    .where(and(eq(approvals.kind, 'upload-trust'), inArray(approvals.subjectId, ids as Id<'upload'>[])))
    .orderBy(approvals.id)
  const found = new Map<string, NonNullable<ShownUpload['trust']>>()
  for (const row of rows) {
    const status = statusAt(row, clock())
    if (!(await vouching.admits('approval', row))) continue
    if (status === 'pending')
      found.set(row.subjectId, { state: 'waiting', since: row.createdAt.toISOString() })
    if (status === 'approved' && row.decidedAt !== null)
      found.set(row.subjectId, { state: 'trusted', since: row.decidedAt.toISOString() })
  }
  return found
}
