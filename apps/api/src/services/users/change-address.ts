import type { ChangeAddressInput, ChangeAddressOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { privilegedHeld } from './assignment-row.ts'
import { type AddressOutcome, requireFree, startAddressChange } from './change-identity.ts'
import { lockLivingUser } from './lock-user.ts'

/**
 * Begins to give somebody else's account another address: now, unless they hold a privileged role. Then it
 * takes a second person, and mail: links to a new password go to that address.
 */
export const changeAddress = async ({
  ctx: { app, user, entry },
  input: { userId, email, reason },
}: {
  readonly ctx: VerbContext<'user.address.change-requested'>
  readonly input: ChangeAddressInput
}): Promise<ChangeAddressOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:user:change')
    await lockLivingUser(tx, app, userId)
    await requireFree(tx, { userId, email })
    const recorded = { patientId: null, records: null, note: reason }
    const isPrivileged = (await privilegedHeld(tx, app, userId)).length > 0
    if (isPrivileged && app.settings.smtp === null) throw new ChartwardError('CONFLICT', WITHOUT_MAIL)
    if (!isPrivileged) {
      const by = entry.draft('success', null)
      const begun = await startAddressChange(tx, app, by, { userId, email, askedBy: user.id })
      await entry.changed(tx, { change: { before: null, after: { outcome: begun.outcome } }, ...recorded })
      return answerOf(begun)
    }
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'identity-change',
      subjectId: userId,
      payload: { displayName: null, email },
      requestedBy: user.id,
      reason,
    })
    const after = { outcome: 'pending-approval', approval: approvalId }
    await entry.changed(tx, { change: { before: null, after }, ...recorded })
    return { outcome: 'pending-approval', approvalId }
  })
}

const WITHOUT_MAIL =
  'This person holds a privileged role, and nothing is mailed from here: whoever saw the link could confirm an address of their own. Set mail up first.'

const answerOf = (begun: AddressOutcome): ChangeAddressOutput => {
  if (begun.outcome === 'changed') return { outcome: 'changed' }
  const expiresAt = begun.expiresAt.toISOString()
  return begun.url === null
    ? { outcome: 'mailed', expiresAt }
    : { outcome: 'link', url: begun.url, expiresAt }
}
