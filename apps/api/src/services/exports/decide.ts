import { schema, type Transaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { decideApproval } from '../approvals/approval.ts'

const { exportRequests } = schema

/**
 * Decides a request in the caller's transaction. Throws NOT_FOUND, CONFLICT where it has been decided (of two who decide at once,
 * one gets it), SECOND_PERSON_REQUIRED for whoever asked for it, EXPIRED where nobody decided in time.
 */
export const decideExport = async (
  tx: Transaction,
  { app, user }: Pick<VerbContext, 'app' | 'user'>,
  decision: { readonly id: string; readonly status: 'approved' | 'rejected'; readonly reason: string },
): Promise<typeof exportRequests.$inferSelect> => {
  const [row] = await tx.orm
    .select()
    .from(exportRequests)
    .where(eq(exportRequests.id, decision.id))
    .for('update')
  if (row === undefined || row.approvalId === null) throw new ChartwardError('NOT_FOUND')
  // Before anything else is said of it: the requester learns no more from trying.
  if (row.requestedBy === user.id) throw new ChartwardError('SECOND_PERSON_REQUIRED')
  if (row.status !== 'requested') throw new ChartwardError('CONFLICT')
  await decideApproval(tx, app, {
    id: row.approvalId,
    kinds: ['export'],
    status: decision.status,
    by: user.id,
    reason: decision.reason,
  })
  await tx.orm
    .update(exportRequests)
    .set({ status: decision.status })
    .where(eq(exportRequests.id, decision.id))
  return row
}
