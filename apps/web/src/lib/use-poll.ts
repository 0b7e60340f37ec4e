import { useEffect } from 'react'

/**
 * Calls `ask` every `every` milliseconds while `active`. The caller asks in the background, so that it isn't
 * activity. Nobody asks for a tab that is not seen; once it is, it asks at once.
 */
export const usePoll = (active: boolean, every: number, ask: () => Promise<unknown>): void => {
  useEffect(() => {
    if (!active) return
    const look = () => {
      if (document.visibilityState === 'visible') void ask().catch(() => undefined)
    }
    const timer = setInterval(look, every)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [active, every, ask])
}
