import { setTimeout } from 'node:timers/promises'

/** Rests for `ms`, or until `signal` aborts. */
export const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await setTimeout(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
