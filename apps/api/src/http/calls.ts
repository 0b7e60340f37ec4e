import type { AnyRouter } from '@trpc/server'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { ChartwardError } from '../core/errors.ts'
import { RETRY_AFTER } from '../core/known-error.ts'
import type { RequestContext } from '../guard/request-context.ts'
import type { ProcedureMeta } from '../trpc/trpc.ts'
import { answerPlain, plainCalls } from './plain-calls.ts'
import { commitRefused } from './refused-request.ts'
import { requestContext } from './request-context.ts'

export const TRPC_ROUTE = '/trpc/:path'

/** Calls in one request: as many as the console's client puts together at most. */
const MOST_CALLS = 40

/** The headers of every answer to calls, as tRPC has them. */
const ANSWER = { vary: 'trpc-accept, accept', 'content-type': 'application/json' }

const retryAfter = (errors: readonly { readonly code: string }[]): Record<string, string> =>
  errors.some(({ code }) => code === 'SERVICE_UNAVAILABLE') ? { 'retry-after': RETRY_AFTER } : {}

/** As far as the rules here know a call of a request, once tRPC has found what it calls. */
interface ResolvedCall {
  readonly path: string
  readonly procedure: { readonly _def: { readonly meta?: unknown } } | null
}

/**
 * The route of all procedures. Bodies are JSON and nothing else: tRPC would take others too, and read them
 * without a limit.
 */
export const addCalls = async (server: FastifyInstance, app: App, router: AnyRouter): Promise<void> => {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Left as text, which tRPC parses.
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    scope.all(TRPC_ROUTE, async (req, res) => {
      const plain = plainCalls(router, req, MOST_CALLS)
      if (plain !== null) {
        const answer = await answerPlain(router, plain, contextOf(app, req, res, plain.calls))
        return res
          .code(answer.status)
          .headers({ ...ANSWER, ...retryAfter(answer.errors) })
          .send(answer.body)
      }
      const { path } = req.params as { readonly path: string }
      return fastifyRequestHandler({
        router,
        req,
        res,
        path,
        createContext: ({ info }) => contextOf(app, req, res, info.calls),
        allowMethodOverride: true,
        maxBatchSize: MOST_CALLS,
        responseMeta: ({ errors }) => ({ headers: retryAfter(errors) }),
      })
    })
  })
}

/**
 * The context of all calls of a request, with what all of them are refused by. It goes by the procedures that
 * tRPC has found, never by the path: that can be written so that two readers of it see different calls.
 */
const contextOf = async (
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  calls: readonly ResolvedCall[],
): Promise<RequestContext> => {
  const { limits } = request.server
  const context = requestContext(app, request, reply)
  try {
    // The request itself has taken the unit of its first call.
    if (calls.length > 1) limits.take(request, calls.length - 1)
  } catch (error) {
    if (!(error instanceof ChartwardError)) throw error
    reply.header('retry-after', limits.wait)
    return { ...context, refusal: error }
  }
  if (calls.filter(isStepOfSignIn).length < 2) return context
  const reason = 'A request makes one step of signing in.'
  const { requestId, ip, userAgent } = context
  await commitRefused(app, { requestId, ip, userAgent, reason })
  return { ...context, refusal: new ChartwardError('FORBIDDEN', reason) }
}

/** Open to anybody, and no attempt at anything: how far sign-in has come, and what a password has to be. */
const TELLING: ReadonlySet<string> = new Set(['auth.session', 'auth.passwordRules'])

/** One request makes one attempt at a secret at most, so that the limit on requests is one on attempts. */
const isStepOfSignIn = ({ path, procedure }: ResolvedCall): boolean => {
  const meta = procedure?._def.meta as ProcedureMeta | undefined
  return procedure !== null && (meta?.permission ?? null) === null && !TELLING.has(path)
}
