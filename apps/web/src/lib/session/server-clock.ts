/**
 * Session ends are the server's times. What this machine's clock is off by is learnt from each response's
 * Date header.
 */

let offset = 0

/** `header` has whole seconds, so an offset under two seconds is taken for none. */
export const noteServerTime = (header: string | null, localNow: number = Date.now()): void => {
  if (header === null) return
  const server = Date.parse(header)
  if (Number.isNaN(server)) return
  const difference = server - localNow
  offset = Math.abs(difference) < 2000 ? 0 : difference
}

/** Milliseconds since the epoch by the server's clock, to about a second. */
export const serverNow = (localNow: number = Date.now()): number => localNow + offset
