import type { DeactivateUserInput, DeactivateUserOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { privilegedHeld } from './assignment-row.ts'
import { closeAccount } from './close-account.ts'
import { lockUser } from './lock-user.ts'
import { requireFloors } from './require-floors.ts'

/**
 * Closes the account of somebody else: now, unless they hold a privileged role. Then it takes a second person
 * (lockdown is for what can't wait). Nobody closes their own.
 */
export const deactivateUser = async ({
  ctx: { app, user, entry, separation },
  input: { id, reason },
}: {
  readonly ctx: VerbContext<'user.deactivation.requested'>
  readonly input: DeactivateUserInput
}): Promise<DeactivateUserOutput> => {
  entry.about({ type: 'user', id }, null)
  separation.require(id)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:user:deactivate')
    const { status } = await lockUser(tx, app, id)
    if (status === 'deactivated') throw new ChartwardError('CONFLICT', 'This user is deactivated already.')
    const recorded = { patientId: null, records: null, note: reason }
    const held = await privilegedHeld(tx, app, id)
    if (held.length === 0) {
      const after = { outcome: 'deactivated' }
      await entry.changed(tx, { change: { before: { status }, after }, ...recorded })
      await closeAccount(tx, app, entry.draft('success', null), { id, endedBy: user.id, reason })
      return { outcome: 'deactivated' }
    }
    await requireFloors(tx, app, ({ userId }) => userId === id)
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'deactivation',
      subjectId: id,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    const after = { outcome: 'pending-approval', approval: approvalId }
    await entry.changed(tx, { change: { before: { status }, after }, ...recorded })
    return { outcome: 'pending-approval', approvalId }
  })
}
