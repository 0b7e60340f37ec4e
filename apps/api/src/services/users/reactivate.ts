import type { ReactivateUserInput, ReactivateUserOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { lockUser } from './lock-user.ts'

/** Asks that a closed account is opened again, which takes a second person whosever it is. */
export const reactivateUser = async ({
  ctx: { app, user, entry },
  input: { userId, reason },
}: {
  readonly ctx: VerbContext<'user.reactivation.requested'>
  readonly input: ReactivateUserInput
}): Promise<ReactivateUserOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:user:reactivate')
    const { status } = await lockUser(tx, app, userId)
    if (status !== 'deactivated' && status !== 'suspended')
      throw new ChartwardError('CONFLICT', 'This account is open.')
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'reactivation',
      subjectId: userId,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    await entry.changed(tx, {
      change: { before: { status }, after: { outcome: 'pending-approval', approval: approvalId } },
      patientId: null,
      records: null,
      note: reason,
    })
    return { outcome: 'pending-approval', approvalId }
  })
}
