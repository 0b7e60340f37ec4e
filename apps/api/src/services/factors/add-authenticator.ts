import type { AddAuthenticatorInput, AddAuthenticatorOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { confirmFactor } from '../auth/factors.ts'
import { notify } from '../notices/notify.ts'

/** Puts another authenticator app in force, by a code of it: that of a new phone, before the old one goes. */
export const addAuthenticator = async ({
  ctx: { app, request, user, entry },
  input: { code },
}: {
  readonly ctx: VerbContext<'factor.added'>
  readonly input: AddAuthenticatorInput
}): Promise<AddAuthenticatorOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const id = await confirmFactor(tx, app, user.id, code)
    const change = { before: null, after: { kind: 'totp', factor: id } }
    await entry.changed(tx, { change, patientId: null, records: null })
    await notify(tx, app, user.id, { word: 'factor-added', from: request })
    return {}
  })
}
