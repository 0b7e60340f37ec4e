import { useEffect } from 'react'

/**
 * Calls `ask` every `every` milliseconds while `active`. The caller asks in the background, so that it isn't
 * activity.
 */
export const usePoll = (active: boolean, every: number, ask: () => Promise<unknown>): void => {
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => void ask().catch(() => undefined), every)
    return () => clearInterval(timer)
  }, [active, every, ask])
}
