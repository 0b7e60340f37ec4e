import type { StartEnrolmentOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { startFactor } from '../auth/factors.ts'
import { otpauthUri, secretText } from '../auth/totp.ts'

/** Shows the secret of another authenticator app of one's own, once. It counts once a code of it has come. */
export const startAuthenticator = async ({
  ctx: { app, user, entry },
}: {
  readonly ctx: VerbContext<'factor.add-started'>
}): Promise<StartEnrolmentOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const secret = await startFactor(tx, app, user.id)
    const change = { before: null, after: { kind: 'totp' } }
    await entry.changed(tx, { change, patientId: null, records: null })
    return { otpauthUri: otpauthUri(secret, user.email), secret: secretText(secret) }
  })
}
