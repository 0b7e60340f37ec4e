import type { CallOffResetInput, CallOffResetOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { endFactorResets, standingReset } from '../auth/resets/reset-rows.ts'
import { notify } from '../notices/notify.ts'

/**
 * Whoever still has the factor that is said to be lost calls off that another is enrolled in its place: with
 * that factor, which they have just given.
 */
export const callOffReset = async ({
  ctx: { app, request, user, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'user.lost-factor.called-off'>
  readonly input: CallOffResetInput
}): Promise<CallOffResetOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const reset = await standingReset(tx, app, user.id)
    if (reset === null || reset.id !== id)
      throw new ChartwardError('CONFLICT', 'There is nothing left to call off.')
    await endFactorResets(tx, app, user.id, user.id)
    const change = { before: { reset: id, stands: true }, after: { reset: id, stands: false } }
    await entry.changed(tx, { change, patientId: null, records: null })
    await notify(tx, app, user.id, { word: 'lost-factor-called-off', from: request })
    return {}
  })
}
