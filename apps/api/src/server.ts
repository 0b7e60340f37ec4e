import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { App } from './app.ts'
import { ChartwardError } from './core/errors.ts'
import { newId } from './core/ids.ts'
import { knownError, RETRY_AFTER } from './core/known-error.ts'
import { type Environment, isLoopback } from './env.ts'
import { addConsole } from './http/console.ts'
import { addDownloads } from './http/downloads.ts'
import { addHealthRoutes } from './http/health.ts'
import { addPace, nodeLimits, PACE, type Pace } from './http/pace.ts'
import { requestContext } from './http/request-context.ts'
import { isForwarded, isSameOrigin, namesLoopback } from './http/same-origin.ts'
import { addSecurityHeaders } from './http/security-headers.ts'
import { type AppRouter, appRouter } from './router.ts'

export interface ServerOptions {
  readonly app: App
  readonly host: string
  readonly port: number
  readonly tls: Environment['tls']
  readonly trustedProxy: string | undefined
  /** The built console, or null to serve the API alone. */
  readonly consoleFolder: string | null
  /** Requests that one address may make in a minute. */
  readonly requestsPerMinute?: number
  /** How slow the other side may be. */
  readonly pace?: Pace
}

/**
 * More than a person makes, less than a flood. Passwords and codes have limits of their own, kept
 * in the database.
 */
const REQUESTS_PER_MINUTE = 1200
const BODY_LIMIT = 1024 * 1024
/** Calls in one request: as many as the console's client puts together at most. */
const MOST_CALLS = 40
const TRPC_ROUTE = '/trpc/:path'
/** The two of TLS 1.3 with 256-bit keys (RFC 8446 appendix B.4); deploy/nginx.conf offers the same. */
const TLS_SUITES = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256'

/** Refuses to listen where requests could be read on their way. */
const requireSafeAddress = ({ host, tls, app }: Pick<ServerOptions, 'host' | 'tls' | 'app'>): void => {
  if (app.settings.mode === 'demo' && !isLoopback(host)) {
    throw new Error('A demo listens on loopback only.')
  }
  if (tls === undefined && !isLoopback(host)) {
    throw new Error(
      `Beyond loopback the server speaks TLS only: set CHARTWARD_TLS_CERT_FILE and CHARTWARD_TLS_KEY_FILE.`,
    )
  }
}

/**
 * The HTTP server before it has any route: TLS 1.3 only where it has a certificate, otherwise loopback only;
 * the headers, limits and refusals that every request meets before anybody asks who made it.
 */
export const createHttp = async (options: Omit<ServerOptions, 'consoleFolder'>): Promise<FastifyInstance> => {
  requireSafeAddress(options)
  const { app, tls, trustedProxy, pace = PACE } = options
  const shared = {
    genReqId: newId,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 5000 },
    // Forwarded headers count only where they come from the one proxy that the operator has named.
    trustProxy: trustedProxy ?? false,
    forceCloseConnections: 'idle' as const,
    requestTimeout: pace.requestMs,
  }
  const server: FastifyInstance =
    tls === undefined
      ? Fastify({ ...shared, http: nodeLimits(pace) })
      : Fastify({
          ...shared,
          https: {
            ...nodeLimits(pace),
            handshakeTimeout: pace.headersMs,
            minVersion: 'TLSv1.3',
            ciphers: TLS_SUITES,
            cert: readFileSync(tls.certFile),
            key: readFileSync(tls.keyFile),
          },
        })
  addPace(server, pace)
  addSecurityHeaders(server, tls !== undefined)
  addRefusals(server, app)
  addErrors(server, app)
  await server.register(rateLimit, {
    max: options.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: () => new ChartwardError('TOO_MANY_REQUESTS'),
  })
  await server.register(cookie)
  return server
}

/** The whole server. Listening is the caller's. */
export const createServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const server = await createHttp(options)
  await addRoutes(server, options)
  return server
}

/**
 * Every route that there is. A test walks them and fails on one that is neither guarded nor in its list of
 * those that need not be.
 */
export const addRoutes = async (
  server: FastifyInstance,
  { app, consoleFolder }: Pick<ServerOptions, 'app' | 'consoleFolder'>,
): Promise<void> => {
  addHealthRoutes(server, app)
  addDownloads(server, app)
  await server.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req, res }) => requestContext(app, req, res),
      allowMethodOverride: true,
      maxBatchSize: MOST_CALLS,
      responseMeta: ({ errors }) =>
        errors.some(({ code }) => code === 'SERVICE_UNAVAILABLE')
          ? { headers: { 'retry-after': RETRY_AFTER } }
          : {},
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>)
  if (consoleFolder === null) server.setNotFoundHandler(() => Promise.reject(new ChartwardError('NOT_FOUND')))
  else await addConsole(server, app, consoleFolder)
}

/**
 * What is refused before anybody asks who it is. Kept in the log where it was meant for a route of ours, and
 * after the rate limit has had its say: whoever floods us must not fill the log.
 */
const addRefusals = (server: FastifyInstance, app: App): void => {
  const publicOrigin = new URL(app.settings.publicUrl).origin
  server.addHook('preParsing', async (request) => {
    const reason = refusalOf(app, publicOrigin, request)
    if (reason === null) return
    if (request.is404) throw new ChartwardError('FORBIDDEN', reason)
    await app.audit.commit({
      action: 'request.refused',
      outcome: 'refused',
      actor: { kind: 'anonymous' },
      resource: { type: 'none', id: null },
      requestId: request.id,
      ip: request.ip,
      reason,
    })
    throw new ChartwardError('FORBIDDEN', reason)
  })
}

const refusalOf = ({ settings }: App, publicOrigin: string, request: FastifyRequest): string | null => {
  if (settings.mode === 'demo' && isForwarded(request)) return 'A demo takes no forwarded requests.'
  if (settings.mode === 'demo' && !namesLoopback(request)) return 'A demo answers on loopback only.'
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  // By the route, not by the URL, which can spell it in other ways.
  const isCall = request.routeOptions.url === TRPC_ROUTE
  if ((changes || isCall) && !isSameOrigin(request, publicOrigin))
    return 'The request comes from another site.'
  return isCall ? callRefusalOf(request) : null
}

/**
 * Queries are POSTs too: what somebody has typed about a patient must reach no URL, and no log of a proxy.
 * One request makes one attempt at most, so that the limit on requests is one on attempts; telling how far
 * sign-in has come is none.
 */
const callRefusalOf = ({ method, params }: FastifyRequest): string | null => {
  if (method !== 'POST') return 'A call is made by POST.'
  const calls = (params as { path: string }).path.split(',')
  const attempts = calls.filter((call) => call.startsWith('auth.') && call !== 'auth.session')
  return attempts.length > 1 ? 'A request makes one step of signing in.' : null
}

const addErrors = (server: FastifyInstance, app: App): void => {
  server.setErrorHandler((error, request, reply) => {
    const known = error instanceof ChartwardError ? error : fromFastify(error)
    const facts = { requestId: request.id, route: request.routeOptions.url, answer: known.code }
    if (known.status >= 500) app.log.error({ ...facts, err: error }, 'request failed')
    else app.log.info(facts, 'request refused')
    if (known.status === 503) reply.header('retry-after', RETRY_AFTER)
    return reply
      .code(known.status)
      .send({ chartward: known.code, message: known.message, requestId: request.id })
  })
}

/** Fastify's own refusals (a body too large, not JSON) are the caller's to mend; anything else is ours. */
const fromFastify = (error: unknown): ChartwardError => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return new ChartwardError('INVALID_INPUT', 'The request is larger than 1 MiB.')
  if (typeof status === 'number' && status >= 400 && status < 500) return new ChartwardError('INVALID_INPUT')
  return knownError(error)
}
