import { schema, type Transaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { decide } from '../approvals/decide.ts'
import { kindsDecidedWith } from '../approvals/kinds.ts'

const { exportRequests } = schema

type ExportRequest = typeof exportRequests.$inferSelect

/**
 * Decides a request in the caller's transaction, and has `record` write the entry of it. Throws NOT_FOUND,
 * CONFLICT where it has been decided (of two who decide at once, one gets it), SECOND_PERSON_REQUIRED for
 * whoever asked for it, EXPIRED where nobody decided in time.
 */
export const decideExport = async (
  tx: Transaction,
  ctx: Pick<VerbContext, 'app' | 'user' | 'entry' | 'separation'>,
  decision: { readonly id: string; readonly status: 'approved' | 'rejected'; readonly reason: string },
  record: (request: ExportRequest) => Promise<unknown>,
): Promise<void> => {
  const { id: exportId, status, reason } = decision
  const [row] = await tx.orm
    .select()
    .from(exportRequests)
    .where(eq(exportRequests.id, exportId))
    .for('update')
  if (row === undefined || row.approvalId === null) throw new ChartwardError('NOT_FOUND')
  const kinds = kindsDecidedWith('export:request:decide')
  await decide(tx, ctx, { id: row.approvalId, kinds, status, reason, shown: null }, () => record(row))
}
