import type { Action } from '@chartward/audit'
import type { Permission } from '@chartward/policy'
import { type AnyMiddlewareFunction, initTRPC, TRPCError } from '@trpc/server'
import type * as z from 'zod/mini'
import { ERRORS } from '../core/errors.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { toChartwardError } from './to-chartward-error.ts'

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
 * What a test that walks the router reads: null stands for a procedure that anyone may call, and each
 * is listed there.
 */
export interface ProcedureMeta {
  readonly permission: Permission | null
  readonly audit: Action | null
  /** What its answers are, and whether each is held to it as it leaves, or a test does so. */
  readonly output: z.ZodMiniType
  readonly proven: 'each time' | 'by test'
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
          field: known.field,
        },
      }
    },
  })

export const { router, createCallerFactory, procedure } = t

/**
 * Every procedure runs in it: what a whole request is refused by goes before whatever one of its calls would
 * do, and whatever goes wrong leaves as one of our errors, and is logged once.
 */
export const withOurErrors = async <T>(
  ctx: RequestContext,
  path: string,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    if (ctx.refusal !== undefined) throw ctx.refusal
    return await work()
  } catch (error) {
    const known = toChartwardError(error)
    const facts = { requestId: ctx.requestId, procedure: path, answer: known.code }
    if (ERRORS[known.code][0] >= 500) ctx.app.log.error({ ...facts, err: known.cause }, 'request failed')
    else ctx.app.log.info(facts, 'request refused')
    throw new TRPCError({
      code: TRPC_CODES[known.status] ?? 'INTERNAL_SERVER_ERROR',
      message: known.message,
      cause: known,
    })
  }
}

/**
 * Leaves a procedure the last of its middlewares alone. tRPC makes one of each `input`, `output` and `use`,
 * and copies all that a call has for each of them, which took a tenth of a read: the last does what all of
 * them would.
 */
export const withLastAlone = <B extends { readonly _def: { middlewares: AnyMiddlewareFunction[] } }>(
  builder: B,
): B => {
  builder._def.middlewares = builder._def.middlewares.slice(-1)
  return builder
}
