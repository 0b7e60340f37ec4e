/** Asks for a fresh factor in place. One dialog serves every action that waits for it at the same moment. */

type Listener = () => void

let waiting: { promise: Promise<boolean>; settle: (fresh: boolean) => void } | null = null
const listeners = new Set<Listener>()

const changed = () => {
  for (const listener of listeners) listener()
}

/** Resolves true once a code was accepted, false if the person closed the dialog. */
export const askForFactor = (): Promise<boolean> => {
  if (waiting !== null) return waiting.promise
  const { promise, resolve } = Promise.withResolvers<boolean>()
  waiting = {
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

export const onFactorAsked = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The server takes a factor for fresh for five minutes; half a minute is left for the download to begin. */
const FRESH_MS = 270_000

/** Whether a factor given at `factorAt` still counts, seen from `now` (milliseconds, the server's clock). */
export const isFresh = (factorAt: string | null, now: number): boolean =>
  factorAt !== null && now - Date.parse(factorAt) < FRESH_MS
