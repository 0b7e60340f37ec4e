import type { AddPasskeyOutput, PasskeyMade } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { checkNewPasskey } from '../auth/passkeys/register-passkey.ts'
import { notify } from '../notices/notify.ts'

/** Puts another passkey of one's own in force. */
export const addPasskey = async ({
  ctx: { app, request, user, session, entry },
  input,
}: {
  readonly ctx: VerbContext<'factor.added'>
  readonly input: PasskeyMade
}): Promise<AddPasskeyOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  const passkey = await checkNewPasskey(app, { userId: user.id, sessionId: session.id }, input)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const id = await passkey.add(tx)
    await entry.changed(tx, {
      change: { before: null, after: { kind: 'passkey', factor: id } },
      patientId: null,
      records: null,
    })
    await notify(tx, app, user.id, { word: 'factor-added', from: request })
    return {}
  })
}
