import type { RenamePasskeyInput, RenamePasskeyOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { lockAccount } from '../auth/account.ts'
import { nameOf } from '../auth/passkeys/rows.ts'

const { passkeys } = schema

/** Calls a passkey of one's own something else. What it is called stays out of the log. */
export const renamePasskey = async ({
  ctx: { app, user, entry },
  input: { id, name },
}: {
  readonly ctx: VerbContext<'factor.renamed'>
  readonly input: RenamePasskeyInput
}): Promise<RenamePasskeyOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const own = and(eq(passkeys.id, id), eq(passkeys.userId, user.id), eq(passkeys.disabled, false))
    const sealed = sealText(app.keyring, nameOf(id), name)
    const [renamed] = await app.vouching.change(tx, 'passkey', own, { name: sealed })
    if (renamed === undefined) throw new ChartwardError('NOT_FOUND')
    const change = { before: { factor: id }, after: { factor: id, renamed: true } }
    await entry.changed(tx, { change, patientId: null, records: null })
    return {}
  })
}
