/** Asks for a fresh factor in place. One dialog serves every action that waits for it at the same moment. */

type Listener = () => void

/** What is asked for: a code, or why so much is opened, with a code if there is one at hand. */
export type Asked = 'code' | 'reason'

let waiting: { asked: Asked; promise: Promise<boolean>; settle: (fresh: boolean) => void } | null = null
const listeners = new Set<Listener>()

const changed = () => {
  for (const listener of listeners) listener()
}

/** Resolves true once a code was accepted, false if the person closed the dialog. */
export const askForFactor = (asked: Asked = 'code'): Promise<boolean> => {
  if (waiting !== null) {
    // A reason comes with a code, so it serves whoever waits for a code alone.
    if (asked === 'reason' && waiting.asked === 'code') {
      waiting.asked = asked
      changed()
    }
    return waiting.promise
  }
  const { promise, resolve } = Promise.withResolvers<boolean>()
  waiting = {
    asked,
    promise,
    settle: (fresh) => {
      waiting = null
      changed()
      resolve(fresh)
    },
  }
  changed()
  return promise
}

/** Answers whoever waits; without anyone waiting it does nothing. */
export const settleFactor = (fresh: boolean): void => {
  waiting?.settle(fresh)
}

export const isFactorAsked = (): boolean => waiting !== null

export const whatIsAsked = (): Asked | null => waiting?.asked ?? null

export const onFactorAsked = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The server takes a factor for fresh for five minutes; half a minute is left for the download to begin. */
const FRESH_MS = 270_000

/** Whether a factor given at `factorAt` still counts, seen from `now` (milliseconds, the server's clock). */
export const isFresh = (factorAt: string | null, now: number): boolean =>
  factorAt !== null && now - Date.parse(factorAt) < FRESH_MS
