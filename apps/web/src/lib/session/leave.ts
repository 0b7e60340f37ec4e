import { tellTabs } from './broadcast.ts'
import { doorOf } from './door.ts'
import { emptyStorages } from './empty-storages.ts'
import { holdPage } from './held.ts'
import { safePath } from './safe-path.ts'
import { isAnythingTyped } from './typed.ts'

/** Why the person finds themselves at the sign-in page. A closed list, since it stands in the URL. */
export type LeaveReason = 'idle' | 'signed-out' | 'elsewhere' | 'required'

let door = ''
/** Whose session it is: leaving leads to their door. */
export const comesInAs = (user: { readonly patientId: string | null }): void => {
  door = doorOf(user)
}

let leaving = false
let signingOut = false

/** What is on the screen is not seen any more, however long the next page takes to come. */
export const hidePage = (): void => {
  document.documentElement.toggleAttribute('data-leaving', true)
  // A page that the browser has kept as it was left says nothing of who is signed in now.
  window.addEventListener('pageshow', () => window.location.reload(), { once: true })
}

/** A full page load, not a route: nothing of the pages that were open stays in memory. */
export const leaveAtOnce = (reason: LeaveReason): void => {
  if (leaving) return
  leaving = true
  hidePage()
  const query = new URLSearchParams({ reason })
  const here = safePath(window.location.pathname + window.location.search)
  if (reason !== 'signed-out' && here !== '/') query.set('next', here)
  window.location.replace(`/sign-in?${query}${door}`)
}

/**
 * There is no session any more. Where something has been typed and not sent, the page is held for the person
 * to come back to; else it is left.
 */
export const leaveForSignIn = (reason: LeaveReason = 'required'): void => {
  if (signingOut) return
  if (isAnythingTyped()) holdPage()
  else leaveAtOnce(reason)
}

/**
 * Ends the session by `end`, empties what the browser keeps, and leaves, whatever was typed. What learns
 * meanwhile that there is no session any more stays where it is: leaving would give the wrong reason, and
 * break off the answer that clears what the browser keeps. Rejects as `end` does.
 */
export const leaveBySigningOut = async (end: () => Promise<unknown>): Promise<void> => {
  signingOut = true
  try {
    await end()
    tellTabs({ kind: 'ended' })
    await emptyStorages(window)
  } finally {
    signingOut = false
  }
  leaveAtOnce('signed-out')
}
