import type { LockDownUserInput, LockDownUserOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { beginLockdown } from './begin-lockdown.ts'
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
    const begun = await beginLockdown(tx, app, { userId, requestedBy: user.id, reason })
    const { outcome, approvalId, status } = begun
    await entry.changed(tx, {
      change: { before: { status }, after: { outcome, approval: approvalId } },
      patientId: null,
      records: null,
      note: reason,
    })
    if (outcome === 'pending-approval') return { outcome, approvalId }
    const by = entry.draft('success', null)
    await suspendAccount(tx, app, by, { id: userId, status, endedBy: user.id, approvalId })
    return { outcome, approvalId }
  })
}
