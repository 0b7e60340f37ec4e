import type { SendResetInput, SendResetOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { privilegedHeld } from './assignment-row.ts'
import { lockUser } from './lock-user.ts'
import { requireResettable, startReset } from './start-reset.ts'

/**
 * Has a link sent to somebody else, by which they choose a new password: now, unless they hold a privileged
 * role. Then it takes a second person, and mail: a link to such an account is shown to nobody.
 */
export const sendReset = async ({
  ctx: { app, user, entry },
  input: { userId, reason },
}: {
  readonly ctx: VerbContext<'user.password-reset.requested'>
  readonly input: SendResetInput
}): Promise<SendResetOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:password:reset')
    await lockUser(tx, app, userId)
    await requireResettable(tx, app, userId)
    const recorded = { patientId: null, records: null, note: reason }
    const isPrivileged = (await privilegedHeld(tx, app, userId)).length > 0
    if (isPrivileged && app.settings.smtp === null) throw new ChartwardError('CONFLICT', WITHOUT_MAIL)
    if (isPrivileged) {
      const { id: approvalId } = await requestApproval(tx, app, {
        kind: 'password-reset',
        subjectId: userId,
        payload: {},
        requestedBy: user.id,
        reason,
      })
      const after = { outcome: 'pending-approval', approval: approvalId }
      await entry.changed(tx, { change: { before: null, after }, ...recorded })
      return { outcome: 'pending-approval', approvalId }
    }
    const by = entry.draft('success', null)
    const { url, linkId, expiresAt } = await startReset(tx, app, by, { userId, askedBy: user.id })
    const until = expiresAt.toISOString()
    const after =
      url === null ? { outcome: 'mailed', link: linkId } : { outcome: 'link', linkShownTo: user.id }
    await entry.changed(tx, { change: { before: null, after }, ...recorded })
    return url === null ? { outcome: 'mailed', expiresAt: until } : { outcome: 'link', url, expiresAt: until }
  })
}

const WITHOUT_MAIL =
  'This person holds a privileged role, and nothing is mailed from here: whoever saw the link would be half of them. Set mail up, or have the account closed and opened again, which takes two.'
