import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../env.ts'

/**
 * Whether a request that can change something comes from our own page. A browser says where it comes from by
 * Sec-Fetch-Site and Origin (W3C Fetch Metadata, RFC 6454), and what contradicts is refused; a client that is
 * no browser says neither, and has no cookie that it was not given.
 */
export const isSameOrigin = (request: FastifyRequest, publicOrigin: string): boolean => {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  return (
    origin === undefined ||
    origin === publicOrigin ||
    origin === `${request.protocol}://${request.headers.host}`
  )
}

/** Headers by which a proxy says that a request was forwarded. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
]

export const isForwarded = (request: FastifyRequest): boolean =>
  FORWARDED.some((name) => request.headers[name] !== undefined)

/**
 * Whether the request names this machine's own loopback: a page elsewhere can't reach us under a
 * name of its own.
 */
export const namesLoopback = (request: FastifyRequest): boolean => {
  const host = request.headers.host ?? ''
  return isLoopback(host.replace(/:\d+$/, ''))
}
