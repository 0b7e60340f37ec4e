import type { PasskeyWanted } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { wantPasskey } from '../auth/passkeys/register-passkey.ts'

/** What another passkey of one's own is to be made of. It counts for nothing until it is there. */
export const startPasskey = async ({
  ctx: { app, user, session, entry },
}: {
  readonly ctx: VerbContext<'factor.add-started'>
}): Promise<PasskeyWanted> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const wanted = await wantPasskey(tx, app, user, session.id)
    await entry.changed(tx, {
      change: { before: null, after: { kind: 'passkey' } },
      patientId: null,
      records: null,
    })
    return wanted
  })
}
