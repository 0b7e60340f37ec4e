import type { ReportLostFactorInput, ReportLostFactorOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct, isEnrolled } from '../approvals/standing.ts'
import { lockUser } from './lock-user.ts'

/**
 * Asks that somebody who has lost their factor enrols another. How their identity was proofed stands in the
 * reason; a second person proofs it anew. Nothing changes until then.
 */
export const reportLostFactor = async ({
  ctx: { app, user, entry },
  input: { userId, reason },
}: {
  readonly ctx: VerbContext<'user.lost-factor.requested'>
  readonly input: ReportLostFactorInput
}): Promise<ReportLostFactorOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:factor:reset')
    const { status } = await lockUser(tx, app, userId)
    if (status !== 'active' || !(await isEnrolled(tx, app, userId))) {
      throw new ChartwardError(
        'CONFLICT',
        'This person has no factor to lose: invite them anew, or reactivate the account.',
      )
    }
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'lost-factor',
      subjectId: userId,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    await entry.changed(tx, {
      change: { before: null, after: { outcome: 'pending-approval', approval: approvalId } },
      patientId: null,
      records: null,
      note: reason,
    })
    return { outcome: 'pending-approval', approvalId }
  })
}
