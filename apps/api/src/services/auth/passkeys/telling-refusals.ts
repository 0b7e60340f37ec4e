import type { RequestContext } from '../../../guard/request-context.ts'
import type { AuthEntry } from '../auth-entry.ts'
import { PasskeyRefused } from './refusals.ts'

/**
 * Says in the entry of a step what was wrong with the passkey. That one seems to have been copied is an entry
 * of its own, too: somebody has to look at it.
 */
export const tellingRefusals = async <T>(
  { app }: RequestContext,
  entry: AuthEntry,
  use: () => Promise<T>,
): Promise<T> => {
  try {
    return await use()
  } catch (error) {
    if (error instanceof PasskeyRefused) {
      entry.fact({ passkeyProblem: error.problem })
      if (error.problem === 'copied')
        await app.audit.commit(entry.draft('success', null, 'auth.passkey.suspected'))
    }
    throw error
  }
}
