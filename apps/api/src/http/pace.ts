import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How slow the other side may be. Times in milliseconds. */
export interface Pace {
  /** For a TLS handshake, and for the headers of a request, counted from the connection's beginning. */
  readonly headersMs: number
  /** For a whole request, its body included, and for what is left of a body that was answered before. */
  readonly requestMs: number
  /** In each window so many bytes of a body arrive, or all that is left of it. */
  readonly upload: Window
  /** In each window so many bytes of an answer are taken, or all that waits to be. */
  readonly download: Window
  /** How often is looked. */
  readonly lookMs: number
}

/** What a route allows in the place of what is asked of all. */
export type RoutePace = Pick<Pace, 'requestMs' | 'upload'>

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly pace?: RoutePace
  }
}

interface Window {
  readonly ms: number
  readonly bytes: number
}

const KIB = 1024

/**
 * The largest body, 1 MiB, takes 256 s at the lowest rate. An answer's largest piece is 1 MiB, of which
 * nobody sees how much has been taken before all has: a reader below 17 KiB/s may lose it.
 */
export const PACE: Pace = {
  headersMs: 10_000,
  requestMs: 270_000,
  upload: { ms: 10_000, bytes: 40 * KIB },
  download: { ms: 60_000, bytes: 64 * KIB },
  lookMs: 1000,
}

/** No route's request takes longer. */
const LONGEST_MS = 3 * 60 * 60 * 1000

/** What Node's own server is told of it: how long a request may take is its route's, and looked at here. */
export const nodeLimits = ({ headersMs, lookMs }: Pace) => ({
  headersTimeout: headersMs,
  requestTimeout: LONGEST_MS,
  connectionsCheckingInterval: lookMs,
})

/** One direction of one request: what has moved by now, or null while nobody waits for the other side. */
interface Watched {
  readonly socket: Socket
  readonly window: Window
  readonly moved: () => number | null
  mark: number
  since: number
}

/** A request whose body may still come, also after its answer. */
interface Coming {
  readonly raw: IncomingMessage
  readonly until: number
  readonly upload: Watched
}

/**
 * Ends the connection of whoever sends a body, or takes an answer, so slowly that they could hold connections
 * for next to nothing. Time that the server itself takes counts for nobody.
 */
export const addPace = (server: FastifyInstance, pace: Pace): void => {
  const coming = new Set<Coming>()
  const taken = new Set<Watched>()
  server.addHook('onRequest', async (request, reply) => {
    const { raw } = request
    const { socket } = raw
    const { requestMs, upload } = request.routeOptions.config.pace ?? pace
    const watch = (window: Window, moved: () => number | null): Watched => ({
      socket,
      window,
      moved,
      mark: moved() ?? 0,
      since: performance.now(),
    })
    // While nobody takes what has come, it is the server that is waited for.
    const isWaited = () => raw.complete || raw.readableLength >= raw.readableHighWaterMark
    coming.add({
      raw,
      until: performance.now() + requestMs,
      upload: watch(upload, () => (isWaited() ? null : socket.bytesRead)),
    })
    const answer = watch(pace.download, () =>
      socket.writableLength === 0 ? null : socket.bytesWritten - socket.writableLength,
    )
    taken.add(answer)
    reply.raw.once('close', () => taken.delete(answer))
  })
  const look = (): void => {
    const now = performance.now()
    for (const one of coming) {
      const { raw, until, upload } = one
      if (raw.complete || raw.socket.destroyed) coming.delete(one)
      else if (now >= until || isTooSlow(upload, now)) raw.socket.destroy()
    }
    for (const one of taken) if (isTooSlow(one, now)) one.socket.destroy()
  }
  let timer: NodeJS.Timeout | undefined
  server.addHook('onListen', async () => {
    timer = setInterval(look, pace.lookMs).unref()
  })
  server.addHook('onClose', async () => clearInterval(timer))
}

/** Begins a new window where enough has moved, or nobody waits. */
const isTooSlow = (one: Watched, now: number): boolean => {
  const moved = one.moved()
  if (moved === null || moved - one.mark >= one.window.bytes) {
    one.mark = moved ?? one.mark
    one.since = now
    return false
  }
  return now - one.since >= one.window.ms
}
