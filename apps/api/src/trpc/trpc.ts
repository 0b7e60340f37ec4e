import type { Action } from '@chartward/audit'
import type { Permission } from '@chartward/policy'
import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { ChartwardError, ERRORS } from '../core/errors.ts'
import type { RequestContext } from './context.ts'

const TRPC_CODES: Readonly<Record<number, TRPCError['code']>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'PRECONDITION_FAILED',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

/**
 * The one place where an error becomes what a caller is told. Ours keep their code and sentence; input that does not fit a
 * schema names the schema's own field; everything else is INTERNAL and says nothing.
 */
export const toChartwardError = (error: unknown): ChartwardError => {
  if (error instanceof ChartwardError) return error
  if (error instanceof TRPCError) {
    if (error.cause instanceof ChartwardError) return error.cause
    if (error.cause instanceof ZodError)
      return new ChartwardError('INVALID_INPUT', describe(error.cause), { cause: error })
    if (error.code === 'NOT_FOUND') return new ChartwardError('NOT_FOUND', undefined, { cause: error })
    if (error.code !== 'INTERNAL_SERVER_ERROR')
      return new ChartwardError('INVALID_INPUT', undefined, { cause: error })
    return new ChartwardError('INTERNAL', undefined, { cause: error.cause ?? error })
  }
  return new ChartwardError('INTERNAL', undefined, { cause: error })
}

/** Says which field does not fit, without repeating what was sent: a value or an unknown key could hold anything. */
const describe = (error: ZodError): string => {
  const issue = error.issues[0]
  const path = issue === undefined || issue.path.length === 0 ? 'the request' : issue.path.join('.')
  if (issue?.code === 'unrecognized_keys') return `There are unknown keys in ${path}.`
  return `Check ${path}: it is missing or not of the expected form.`
}

/** What a test that walks the router reads: null stands for a procedure that anyone may call, and each is listed there. */
export interface ProcedureMeta {
  readonly permission: Permission | null
  readonly audit: Action | null
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const known = toChartwardError(error)
      return {
        ...shape,
        message: known.message,
        data: {
          code: shape.data.code,
          httpStatus: known.status,
          chartward: known.code,
          requestId: ctx?.requestId ?? null,
        },
      }
    },
  })

export const { router, createCallerFactory } = t

/** Every procedure's beginning: whatever goes wrong further on leaves as one of our errors, and is logged once. */
export const base = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const known = toChartwardError(result.error)
  const facts = { requestId: ctx.requestId, procedure: path, answer: known.code }
  if (ERRORS[known.code][0] >= 500) ctx.app.log.error({ ...facts, err: known.cause }, 'request failed')
  else ctx.app.log.info(facts, 'request refused')
  throw new TRPCError({
    code: TRPC_CODES[known.status] ?? 'INTERNAL_SERVER_ERROR',
    message: known.message,
    cause: known,
  })
})
