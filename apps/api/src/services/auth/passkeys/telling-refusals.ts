import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../../guard/request-context.ts'
import { notify } from '../../notices/notify.ts'
import type { AuthEntry } from '../auth-entry.ts'
import { PasskeyRefused } from './refusals.ts'

/**
 * Says in the entry of a step what was wrong with the passkey. That one seems to have been copied is an entry
 * of its own, too, and its owner is told.
 */
export const tellingRefusals = async <T>(
  ctx: RequestContext,
  entry: AuthEntry,
  use: () => Promise<T>,
): Promise<T> => {
  try {
    return await use()
  } catch (error) {
    if (error instanceof PasskeyRefused) {
      entry.fact({ passkeyProblem: error.problem })
      if (error.problem === 'copied') await tellOfCopy(ctx, entry, error)
    }
    throw error
  }
}

const tellOfCopy = (ctx: RequestContext, entry: AuthEntry, { owner }: PasskeyRefused): Promise<void> =>
  withTransaction(ctx.app.db, 'none', async (tx) => {
    await entry.succeed(tx, { action: 'auth.passkey.suspected' })
    await notify(tx, ctx.app, owner, { word: 'passkey-suspected', from: ctx })
  })
