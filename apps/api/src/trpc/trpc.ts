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
  /** All that stands around its verb. */
  readonly way: Way
}

/**
 * What a call goes through: it is given who calls what, what was sent, and the verb, to run with what the way
 * has found out and with the input as it was parsed. Resolves with the answer as it leaves.
 */
export type Way = (
  call: { readonly ctx: RequestContext; readonly path: string },
  sent: () => unknown,
  verb: (given: object, input: unknown) => Promise<unknown>,
) => Promise<unknown>

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

type Called = Parameters<AnyMiddlewareFunction>[0]
type Result = Awaited<ReturnType<AnyMiddlewareFunction>>

/** A way as a middleware of tRPC. */
export const goneBy = async (way: Way, { ctx, path, getRawInput, next }: Called): Promise<Result> => {
  let result: Result | null = null
  const data = await way({ ctx, path }, getRawInput, async (given, input) => {
    result = await next({ ctx: given, input })
    if (!result.ok) throw result.error
    return result.data
  })
  if (result === null) throw new Error('a way must run its verb')
  return Object.assign(result, { data })
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
