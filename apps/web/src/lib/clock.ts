/** One timer for all that shows the present moment, however many of them a page has. */

interface Face {
  readonly every: number
  readonly show: (now: number) => void
  shownAt: number
}

/** Starts something that is repeated, and gives how to stop it. */
type Start = (tick: () => void) => () => void

/** A tick comes a little early or late: what is due within so many milliseconds is due. */
const SLACK_MS = 500

/**
 * `read` gives the present moment. The timer runs while somebody looks; those of one period are shown the
 * same moment at once, so that they are drawn at once.
 */
export const createClock = (read: () => number, start: Start) => {
  const faces = new Set<Face>()
  let stop: (() => void) | null = null
  const tick = () => {
    const now = read()
    // In both directions: what is known of the server's clock may be mended.
    for (const face of faces) {
      if (Math.abs(now - face.shownAt) < face.every - SLACK_MS) continue
      face.shownAt = now
      face.show(now)
    }
  }
  return {
    /** Tells `show` the moment every `every` milliseconds; gives how to end that. */
    follow: (every: number, show: (now: number) => void): (() => void) => {
      const face: Face = { every, show, shownAt: read() }
      faces.add(face)
      stop ??= start(tick)
      return () => {
        faces.delete(face)
        if (faces.size > 0) return
        stop?.()
        stop = null
      }
    },
  }
}
