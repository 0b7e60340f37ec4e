import type { RemoveFactorInput, RemoveFactorOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { lockAccount } from '../auth/account.ts'
import { countOf, usableFactors } from '../auth/usable-factors.ts'
import { notify } from '../notices/notify.ts'

const { passkeys, totpFactors } = schema

/**
 * Takes a factor of one's own away, but not the last: the account is locked, so of two who each leave one the
 * second finds that out here. Throws NOT_FOUND for what is none of theirs.
 */
export const removeFactor = async ({
  ctx: { app, request, user, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'factor.removed'>
  readonly input: RemoveFactorInput
}): Promise<RemoveFactorOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await lockAccount(tx, app, user.id)
    const usable = await usableFactors(tx, app, user.id)
    if (usable === null) throw new ChartwardError('INTEGRITY')
    const isPasskey = usable.passkeys.some((one) => one.id === id)
    if (!isPasskey && !usable.totp.some((one) => one.id === id)) throw new ChartwardError('NOT_FOUND')
    if (countOf(usable) === 1) {
      throw new ChartwardError(
        'CONFLICT',
        'This is your only factor: without one you could not sign in. Add another first.',
      )
    }
    if (isPasskey) await app.vouching.end(tx, 'passkey', eq(passkeys.id, id), { disabled: true })
    else await app.vouching.end(tx, 'factor', eq(totpFactors.id, id), { disabled: true })
    await entry.changed(tx, {
      change: { before: { kind: isPasskey ? 'passkey' : 'totp', factor: id }, after: null },
      patientId: null,
      records: null,
    })
    await notify(tx, app, user.id, { word: 'factor-removed', from: request })
    return {}
  })
}
