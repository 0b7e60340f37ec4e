import type { NewRecoveryCodesOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { newRecoveryCodes } from '../auth/recovery-codes.ts'
import { notify } from '../notices/notify.ts'

/** Ten new recovery codes in place of all that one has. They are shown here, once. */
export const renewRecoveryCodes = async ({
  ctx: { app, request, user, entry },
}: {
  readonly ctx: VerbContext<'factor.recovery-codes.renewed'>
}): Promise<NewRecoveryCodesOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const recoveryCodes = await newRecoveryCodes(tx, app, user.id)
    await entry.changed(tx, {
      change: { before: { void: true }, after: { made: recoveryCodes.length } },
      patientId: null,
      records: null,
      count: recoveryCodes.length,
    })
    await notify(tx, app, user.id, { word: 'recovery-codes-renewed', from: request })
    return { recoveryCodes }
  })
}
