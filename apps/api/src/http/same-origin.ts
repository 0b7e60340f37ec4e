import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../core/network.ts'

/**
 * Whether a request that can change or fetch something comes from our own page. A browser says where it comes
 * from by Sec-Fetch-Site and Origin (W3C Fetch Metadata, RFC 6454), and what contradicts is refused; a client
 * that is no browser says neither, and has no cookie that it was not given.
 */
export const isSameOrigin = (request: FastifyRequest, publicUrl: URL): boolean => {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  return (
    origin === undefined ||
    origin === publicUrl.origin ||
    // On this machine the port may be another than the public one: that of a test, or of `pnpm dev`.
    (isLoopback(publicUrl.hostname) && origin === `${request.protocol}://${request.headers.host}`)
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

/** How many Host headers a request has. Two are two servers' different ideas of where it goes. */
export const hostsOf = ({ raw }: FastifyRequest): number =>
  raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length

/**
 * Whether the request names this installation, so that a page elsewhere can't reach us under a name of its
 * own (DNS rebinding) and no name of somebody else's is taken for ours. The port is not compared: behind a
 * proxy it is another. On loopback every name of loopback will do.
 */
export const namesUs = (request: FastifyRequest, publicUrl: URL): boolean => {
  const hostname = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  return hostname === publicUrl.hostname || (isLoopback(publicUrl.hostname) && isLoopback(hostname))
}

/** What a path can hold that means one thing here and another thing somewhere else on its way. */
const AMBIGUOUS = /[\\\p{Cc}]|%2f|%5c/iu

/**
 * Whether a target can be read in more than one way: not a path, a `%` that is left once it is decoded (it
 * would be decoded again), an encoded slash, a backslash, a control character, a `..`.
 */
export const isAmbiguous = (url: string): boolean => {
  const [path = ''] = url.split('?')
  if (!path.startsWith('/') || AMBIGUOUS.test(path)) return true
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return true
  }
  return decoded.includes('%') || AMBIGUOUS.test(decoded) || decoded.split('/').includes('..')
}
