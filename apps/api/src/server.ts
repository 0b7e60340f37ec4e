import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import type { App } from './app.ts'
import { ChartwardError } from './core/errors.ts'
import { newId } from './core/ids.ts'
import { isLoopback } from './core/network.ts'
import type { Environment } from './env.ts'
import { addCalls } from './http/calls.ts'
import { addConsole } from './http/console.ts'
import { addDownloads } from './http/downloads.ts'
import { addErrors, answerExpectations, answerUnreadable, answerUnroutable } from './http/error-answers.ts'
import { addHealthRoutes } from './http/health.ts'
import { addLimits, Limits } from './http/limits.ts'
import { addPace, nodeLimits, PACE, type Pace } from './http/pace.ts'
import { addRefusals } from './http/refusals.ts'
import { addSecurityHeaders } from './http/security-headers.ts'
import { addUploads } from './http/upload.ts'
import { appRouter } from './router.ts'

export interface ServerOptions {
  readonly app: App
  readonly host: string
  readonly port: number
  readonly tls: Environment['tls']
  readonly trustedProxy: string | undefined
  /** The built console, or null to serve the API alone. */
  readonly consoleFolder: string | null
  /** Units that one session, or all others of one address together, may use in a minute. */
  readonly requestsPerMinute?: number
  /** How slow the other side may be. */
  readonly pace?: Pace
}

/** More than a person makes, less than a flood. Secrets have limits of their own, kept in the database. */
const REQUESTS_PER_MINUTE = 1200
const BODY_LIMIT = 1024 * 1024
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
  const isTls = tls !== undefined
  // A request without a Host is refused with an answer of ours, see http/refusals.ts.
  const http = { ...nodeLimits(pace), requireHostHeader: false }
  const shared = {
    genReqId: newId,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 5000 },
    // Forwarded headers count only where they come from the one proxy that the operator has named.
    trustProxy: trustedProxy ?? false,
    forceCloseConnections: 'idle' as const,
    frameworkErrors: answerUnroutable(app, isTls),
    clientErrorHandler: answerUnreadable(app, isTls),
  }
  const server: FastifyInstance =
    tls === undefined
      ? Fastify({ ...shared, http })
      : Fastify({
          ...shared,
          https: {
            ...http,
            handshakeTimeout: pace.headersMs,
            minVersion: 'TLSv1.3',
            ciphers: TLS_SUITES,
            cert: readFileSync(tls.certFile),
            key: readFileSync(tls.keyFile),
          },
        })
  addPace(server, pace)
  answerExpectations(server, isTls)
  addSecurityHeaders(server, isTls)
  await server.register(cookie)
  addLimits(server, new Limits(options.requestsPerMinute ?? REQUESTS_PER_MINUTE, app.clock))
  addRefusals(server, app)
  addErrors(server, app)
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
  await addUploads(server, app)
  await addCalls(server, app, appRouter)
  if (consoleFolder === null) server.setNotFoundHandler(() => Promise.reject(new ChartwardError('NOT_FOUND')))
  else await addConsole(server, app, consoleFolder)
}
