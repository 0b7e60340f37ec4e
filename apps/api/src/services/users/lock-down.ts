import type { LockDownUserInput, LockDownUserOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { BINDS } from '../approvals/bound.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { privilegedHeld } from './assignment-row.ts'
import { lockUser } from './lock-user.ts'
import { isLastOther } from './require-floors.ts'
import { suspendAccount } from './suspend-account.ts'

/**
 * Locks somebody else's account down: its sessions end and nobody signs in with it, until a second person
 * lifts that. At once; where it would leave nobody else in an office that an installation can't be without,
 * once a second person has agreed. Whoever locks a privileged person down is bound until somebody else has
 * looked (`requireUnbound`).
 */
export const lockDownUser = async ({
  ctx: { app, user, entry },
  input: { userId, reason },
}: {
  readonly ctx: VerbContext<'user.lockdown.requested'>
  readonly input: LockDownUserInput
}): Promise<LockDownUserOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:lockdown:start')
    const { status } = await lockUser(tx, app, userId)
    if (status !== 'active' && status !== 'invited')
      throw new ChartwardError('CONFLICT', 'This account is closed already: nobody signs in with it.')
    const waits = await isLastOther(tx, app, { subject: userId, actor: user.id })
    const isPrivileged = (await privilegedHeld(tx, app, userId)).length > 0
    const outcome = waits ? 'pending-approval' : 'locked-down'
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'lockdown',
      subjectId: userId,
      payload: waits ? { before: null, binds: null } : { before: status, binds: isPrivileged ? BINDS : null },
      requestedBy: user.id,
      reason,
      ...(waits ? {} : { lasts: true }),
    })
    await entry.changed(tx, {
      change: { before: { status }, after: { outcome, approval: approvalId } },
      patientId: null,
      records: null,
      note: reason,
    })
    if (waits) return { outcome: 'pending-approval', approvalId }
    const by = entry.draft('success', null)
    await suspendAccount(tx, app, by, { id: userId, status, endedBy: user.id, approvalId })
    return { outcome: 'locked-down', approvalId }
  })
}
