import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { DEVICE_COOKIE, DEVICE_KEPT_MS } from '../sessions/device.ts'
import type { Origin } from '../sessions/lucia-adapter.ts'
import type { SignedIn } from '../sessions/session.ts'
import { findSignedIn, SESSION_COOKIE } from '../sessions/sessions.ts'
import type { Limits } from './limits.ts'

/** Longer ones are cut: they go into the audit log. */
const LONGEST_USER_AGENT = 300

/** Sent by the page with what it does of itself; see `RequestContext.background`. */
export const BACKGROUND_HEADER = 'x-chartward-background'

export const userAgentOf = (request: FastifyRequest): string | null =>
  request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT).toWellFormed() ?? null

export const requestContext = (app: App, request: FastifyRequest, reply: FastifyReply): RequestContext => {
  const token = request.cookies[SESSION_COOKIE] ?? null
  const background = request.headers[BACKGROUND_HEADER] === '1'
  const from = { ip: request.ip, userAgent: userAgentOf(request) }
  const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const
  let signedIn: Promise<SignedIn | null> | null = null
  return {
    app,
    requestId: request.id,
    ...from,
    token,
    deviceToken: request.cookies[DEVICE_COOKIE] ?? null,
    background,
    setDeviceToken: (next) => {
      reply.setCookie(DEVICE_COOKIE, next, { ...attributes, maxAge: DEVICE_KEPT_MS / 1000 })
    },
    setToken: (next) => {
      if (next !== null) {
        reply.setCookie(SESSION_COOKIE, next, attributes)
        return
      }
      reply.clearCookie(SESSION_COOKIE, attributes)
      // Not "storage": the console empties that itself, but for the last tree head that the browser has seen.
      reply.header('clear-site-data', '"cache"')
    },
    signedIn: () => {
      signedIn ??=
        token === null
          ? Promise.resolve(null)
          : lookUp(app, token, { background, from }, request.server.limits)
      return signedIn
    },
  }
}

const lookUp = async (
  app: App,
  token: string,
  how: { readonly background: boolean; readonly from: Origin },
  limits: Limits,
): Promise<SignedIn | null> => {
  const found = await findSignedIn(app, token, how)
  if (found !== null) limits.know(token, found)
  return found
}
