import type { Outputs } from '../trpc.ts'

/**
 * A page whose session has ended while something typed in it had not been sent. It stays, unseen and unheard,
 * for the same person to come back to; in memory alone, since what was typed may be about a patient.
 */

/** For how long: a meal, and not a night. */
export const HELD_MS = 60 * 60_000

/** Set on the document, so that the style sheet hides all that there is before anything is drawn anew. */
const MARK = 'data-session-ended'

let held = false
const listeners = new Set<() => void>()

const set = (next: boolean) => {
  held = next
  document.documentElement.toggleAttribute(MARK, next)
  for (const listener of listeners) listener()
}

export const isHeld = (): boolean => held

export const holdPage = (): void => {
  if (!held) set(true)
}

export const letPageGo = (): void => set(false)

export const onHeld = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

type Session = Outputs['auth']['session']

/** Who is there, for a page that is held for somebody: nobody who is fully signed in, they, or another. */
export const whoIsBack = (session: Session, userId: string): 'nobody' | 'same' | 'another' => {
  if (session.stage !== 'full') return 'nobody'
  return session.user.id === userId ? 'same' : 'another'
}
