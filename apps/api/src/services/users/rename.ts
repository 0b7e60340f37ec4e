import type { RenameUserInput, RenameUserOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { privilegedHeld } from './assignment-row.ts'
import { changeName } from './change-identity.ts'
import { lockLivingUser } from './lock-user.ts'

/**
 * Gives somebody else's account another name: now, unless they hold a privileged role. Then it takes a second
 * person: whoever is taken for somebody else in an office is given what that one asks for.
 */
export const renameUser = async ({
  ctx: { app, user, entry },
  input: { userId, displayName, reason },
}: {
  readonly ctx: VerbContext<'user.name.change-requested'>
  readonly input: RenameUserInput
}): Promise<RenameUserOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:user:change')
    await lockLivingUser(tx, app, userId)
    const recorded = { patientId: null, records: null, note: reason }
    if ((await privilegedHeld(tx, app, userId)).length === 0) {
      await entry.changed(tx, { change: { before: null, after: { outcome: 'changed' } }, ...recorded })
      await changeName(tx, app, entry.draft('success', null), { userId, displayName })
      return { outcome: 'changed' }
    }
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'identity-change',
      subjectId: userId,
      payload: { displayName, email: null },
      requestedBy: user.id,
      reason,
    })
    const after = { outcome: 'pending-approval', approval: approvalId }
    await entry.changed(tx, { change: { before: null, after }, ...recorded })
    return { outcome: 'pending-approval', approvalId }
  })
}
