import type { FactorResetLinkInput, FactorResetLinkOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { isOpen, renewResetToken, standingReset } from '../auth/resets/reset-rows.ts'
import { lockLivingUser } from './lock-user.ts'

/**
 * The single-use link by which somebody whose lost factor two people have agreed on comes back. Whoever sees
 * it can't use it: it wants the person's password too. Each that is made takes the place of the one before.
 */
export const factorResetLink = async ({
  ctx: { app, user, entry },
  input: { userId },
}: {
  readonly ctx: VerbContext<'user.lost-factor.link-made'>
  readonly input: FactorResetLinkInput
}): Promise<FactorResetLinkOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:factor:reset')
    await lockLivingUser(tx, app, userId)
    const reset = await standingReset(tx, app, userId)
    if (reset === null)
      throw new ChartwardError('CONFLICT', 'There is no lost factor here that two people have agreed on.')
    if (!isOpen(reset, app.clock()))
      throw new ChartwardError('CONFLICT', 'The waiting time is not over yet: this page says until when.')
    const token = await renewResetToken(tx, app, reset.id)
    const expiresAt = reset.expiresAt.toISOString()
    await entry.changed(tx, {
      change: { before: null, after: { reset: reset.id, expiresAt, linkShownTo: user.id } },
      patientId: null,
      records: null,
    })
    return { url: `${app.settings.publicUrl.replace(/\/$/, '')}/lost-factor#${token}`, expiresAt }
  })
}
