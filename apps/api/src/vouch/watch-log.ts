import type { Logger } from '../core/log.ts'

/** How often a running process looks for what the log has said since, in milliseconds. */
const LOOK_MS = 1_000

/** What a process keeps of the log in its own memory. */
interface Watching {
  look(): Promise<void>
}

/**
 * Has each look every second, never twice at once, until `signal` aborts. A look that fails is tried again.
 */
export const watchLog = (all: readonly Watching[], log: Logger, signal: AbortSignal): void => {
  let underWay = false
  const lookOnce = async (): Promise<void> => {
    if (underWay) return
    underWay = true
    try {
      for (const one of all) if (!signal.aborted) await one.look()
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'the log could not be looked at')
    } finally {
      underWay = false
    }
  }
  const timer = setInterval(() => void lookOnce(), LOOK_MS)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
