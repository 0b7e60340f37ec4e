import type { FastifyInstance } from 'fastify'

/** Two years, RFC 6797; sent only where this server itself speaks TLS. */
export const HSTS = 'max-age=63072000; includeSubDomains'

/** For everything that is not a page: nothing in it may load or run anything. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * For pages: scripts of our own only, styles by nonce, Trusted Types for whatever reaches an injection sink.
 */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')

/**
 * Headers of every response; a page replaces the content policy by its own, a hashed asset the cache rule.
 */
export const securityHeaders = (requestId: string, isTls: boolean): Record<string, string> => ({
  'content-security-policy': NOTHING,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
  'x-request-id': requestId,
  ...(isTls ? { 'strict-transport-security': HSTS } : {}),
})

/** What reaches a hook has them before anything else is done with it. */
export const addSecurityHeaders = (server: FastifyInstance, isTls: boolean): void => {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(request.id, isTls))
  })
}
