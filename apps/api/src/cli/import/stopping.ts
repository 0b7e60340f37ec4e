/** How long an import has to write its end when it is asked to stop, in milliseconds. */
const STOP_MS = 9_800

/**
 * A signal that is given when the process is asked to stop (SIGINT, SIGTERM), so that what is under way ends
 * where it is whole and says so in the log. From then on it has so long; a second request ends it at once.
 */
export const stoppingSignal = (): { readonly signal: AbortSignal; readonly release: () => void } => {
  const stopping = new AbortController()
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_MS).unref()
    stopping.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const release = (): void => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  return { signal: stopping.signal, release }
}
