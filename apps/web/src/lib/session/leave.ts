import { emptyStorages } from './empty-storages.ts'
import { safePath } from './safe-path.ts'

/** Why the person finds themselves at the sign-in page. A closed list, since it stands in the URL. */
export type LeaveReason = 'idle' | 'signed-out' | 'required'

let leaving = false
let signingOut = false

/** A full page load, not a route: nothing of the pages that were open stays in memory. */
export const leaveForSignIn = (reason: LeaveReason = 'required'): void => {
  if (leaving || signingOut) return
  leaving = true
  const query = new URLSearchParams({ reason })
  const here = safePath(window.location.pathname + window.location.search)
  if (reason !== 'signed-out' && here !== '/') query.set('next', here)
  window.location.replace(`/sign-in?${query}`)
}

/**
 * Ends the session by `end`, empties what the browser keeps, and leaves. What learns meanwhile that there is
 * no session any more stays where it is: leaving would give the wrong reason, and break off the answer that
 * clears what the browser keeps. Rejects as `end` does.
 */
export const leaveBySigningOut = async (end: () => Promise<unknown>): Promise<void> => {
  signingOut = true
  try {
    await end()
    await emptyStorages(window)
  } finally {
    signingOut = false
  }
  leaveForSignIn('signed-out')
}
