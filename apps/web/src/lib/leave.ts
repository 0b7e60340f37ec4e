import { safePath } from './safe-path.ts'

/** Why the person finds themselves at the sign-in page. A closed list, since it stands in the URL. */
export type LeaveReason = 'idle' | 'signed-out' | 'required'

let leaving = false

/** A full page load, not a route: nothing of the pages that were open stays in memory. */
export function leaveForSignIn(reason: LeaveReason = 'required'): void {
  if (leaving) return
  leaving = true
  const query = new URLSearchParams({ reason })
  const here = safePath(window.location.pathname + window.location.search)
  if (reason !== 'signed-out' && here !== '/') query.set('next', here)
  window.location.replace(`/sign-in?${query}`)
}
