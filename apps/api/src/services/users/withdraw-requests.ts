import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { settleApproval } from '../approvals/approval.ts'

const { approvals } = schema

/**
 * Withdraws what is asked for somebody and would give them something, and gives the ids. The caller acts one
 * at a time, so nobody approves it meanwhile.
 */
export const withdrawRequests = async (
  tx: Transaction,
  app: App,
  { userId, reason }: { readonly userId: UserId; readonly reason: string },
): Promise<string[]> => {
  const pending = await tx.orm
    .select({ id: approvals.id })
    .from(approvals)
    .where(
      and(
        inArray(approvals.kind, ['role-assignment', 'practitioner-link', 'lost-factor']),
        eq(approvals.subjectId, userId),
        eq(approvals.status, 'pending'),
      ),
    )
  for (const { id } of pending)
    await settleApproval(tx, app, { id, status: 'expired', decidedBy: null, reason })
  return pending.map(({ id }) => id)
}
