/**
 * Tells whoever watches the session that the person did something, so that the time left is asked for anew.
 */

type Listener = () => void

const listeners = new Set<Listener>()

export const noteActivity = (): void => {
  for (const listener of listeners) listener()
}

export const onActivity = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
