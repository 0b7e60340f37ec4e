import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ChartwardError } from '../core/errors.ts'
import { networkOf } from '../core/network.ts'
import type { SignedIn } from '../sessions/session.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'

const MINUTE_MS = 60_000
/** Keys told apart at a time; all further ones share one, so that memory has an end. */
const MOST_KEYS = 50_000
/** For so many minutes a session that was seen is known by its token alone. */
const KNOWN_MINUTES = 15

/**
 * How much may be asked of this process in a minute, in units: a request is one, each further call of its
 * batch another. Whoever is signed in has a limit of their own, so that others behind the same address can
 * neither use it up nor be kept waiting by it; everybody else shares that of their address.
 */
export class Limits {
  readonly #perMinute: number
  readonly #clock: () => Date
  #minute = 0
  #used = new Map<string, number>()
  readonly #sessions = new Map<string, { readonly id: string; readonly minute: number }>()

  constructor(perMinute: number, clock: () => Date) {
    this.#perMinute = perMinute
    this.#clock = clock
  }

  /** Takes units for a request. Throws TOO_MANY_REQUESTS once the minute's are used up. */
  take(request: FastifyRequest, units: number): void {
    this.#turn()
    const key = this.#keyOf(request)
    const told = this.#used.has(key) || this.#used.size < MOST_KEYS ? key : 'others'
    const used = (this.#used.get(told) ?? 0) + units
    this.#used.set(told, used)
    if (used > this.#perMinute) throw new ChartwardError('TOO_MANY_REQUESTS')
  }

  /** That a token has opened a session: from now on its requests count for the session. */
  know(token: string, { session }: SignedIn): void {
    if (session.stage !== 'full' || this.#sessions.size >= MOST_KEYS) return
    this.#sessions.set(digestOf(token), { id: session.id, minute: this.#minute })
  }

  /** Seconds until the next minute begins. */
  get wait(): number {
    return 60 - Math.floor((this.#clock().getTime() % MINUTE_MS) / 1000)
  }

  #keyOf({ ip, cookies }: FastifyRequest): string {
    const token = cookies?.[SESSION_COOKIE]
    const known = token === undefined ? undefined : this.#sessions.get(digestOf(token))
    return known === undefined ? `address ${networkOf(ip)}` : `session ${known.id}`
  }

  #turn(): void {
    const minute = Math.floor(this.#clock().getTime() / MINUTE_MS)
    if (minute === this.#minute) return
    this.#minute = minute
    this.#used = new Map()
    for (const [token, { minute: seen }] of this.#sessions)
      if (minute - seen >= KNOWN_MINUTES) this.#sessions.delete(token)
  }
}

/** No token is held in memory for this. */
const digestOf = (token: string): string => hash('sha256', token, 'base64')

declare module 'fastify' {
  interface FastifyInstance {
    readonly limits: Limits
  }
}

/** Every request takes a unit before anything is done for it: pages, assets and what is not found too. */
export const addLimits = (server: FastifyInstance, limits: Limits): void => {
  server.decorate('limits', limits)
  server.addHook('onRequest', async (request, reply) => {
    try {
      limits.take(request, 1)
    } catch (error) {
      reply.header('retry-after', limits.wait)
      throw error
    }
  })
}
