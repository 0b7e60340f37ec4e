import {
  type AnyProcedure,
  type AnyRouter,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type TRPCError,
} from '@trpc/server'
import { getHTTPStatusCode } from '@trpc/server/http'
import type { FastifyRequest } from 'fastify'
import type { RequestContext } from '../guard/request-context.ts'
import type { ProcedureMeta } from '../trpc/trpc.ts'

/** A call of a request, with what is sent to it. */
interface PlainCall {
  readonly path: string
  readonly procedure: AnyProcedure
  readonly input: unknown
}

interface PlainCalls {
  readonly calls: readonly PlainCall[]
  readonly isBatch: boolean
}

const BATCH = '?batch=1'
const ONE = /^[A-Za-z]+(?:\.[A-Za-z]+)*$/
const JSON_BODY = /^application\/json(?:; ?charset=utf-8)?$/i

/**
 * The calls of a request that is written as clients write them: a POST of JSON, to one procedure or to
 * several (`?batch=1`), each of which there is, all of one type. Null for every other: how that is read and
 * refused is tRPC's. It makes a Request and a Response of the Fetch standard for each, with streams and
 * signals that nothing here reads, and that takes as long as looking a session up.
 */
export const plainCalls = (router: AnyRouter, request: FastifyRequest, most: number): PlainCalls | null => {
  const { headers, body, method, url, params } = request
  const { path } = params as { readonly path: string }
  const query = url.startsWith(`/trpc/${path}`) ? url.slice(`/trpc/${path}`.length) : null
  const isBatch = query === BATCH
  if (method !== 'POST' || typeof body !== 'string' || !(isBatch || query === '')) return null
  if (!JSON_BODY.test(headers['content-type'] ?? '') || asksForStream(headers)) return null
  const paths = isBatch ? path.split(',') : [path]
  if (paths.length > most) return null
  const sent = parsed(body)
  if (sent === undefined || (isBatch && (typeof sent !== 'object' || sent === null || Array.isArray(sent))))
    return null
  const inputs = isBatch ? Object.entries(sent as object) : [['0', sent] as const]
  const byIndex = new Map<string, unknown>(inputs)
  const procedures: Readonly<Record<string, AnyProcedure>> = router._def.procedures
  const calls: PlainCall[] = []
  for (const [i, one] of paths.entries()) {
    const procedure = ONE.test(one) && Object.hasOwn(procedures, one) ? procedures[one] : undefined
    const type = procedure?._def.type
    if (procedure === undefined || (type !== 'query' && type !== 'mutation')) return null
    if (type !== calls[0]?.procedure._def.type && i > 0) return null
    calls.push({ path: one, procedure, input: byIndex.get(String(i)) })
  }
  return { calls, isBatch }
}

const asksForStream = (headers: FastifyRequest['headers']): boolean =>
  headers['trpc-accept'] !== undefined || /jsonl|event-stream/i.test(headers.accept ?? '')

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly errors: readonly TRPCError[]
}

/**
 * The answer of a procedure, by its own way where it has one: tRPC copies the context and all that a call has
 * four times on the way there. The verb is what was handed to `query` or `mutation`.
 */
const answerOf = (
  ctx: RequestContext,
  { path, procedure, input }: PlainCall,
  batchIndex: number,
): Promise<unknown> => {
  const { type, meta, resolver } = procedure._def as Definition
  const signal = undefined
  if (resolver === undefined || meta?.way === undefined)
    return procedure({ path, getRawInput: async () => input, ctx, type, signal, batchIndex })
  return meta.way(
    { ctx, path },
    () => input,
    (given, parsedInput) =>
      resolver({ ctx: { ...ctx, ...given }, input: parsedInput, type, path, signal, batchIndex }),
  )
}

/** What tRPC keeps of a procedure, and does not say in its type. */
type Definition = AnyProcedure['_def'] & {
  readonly meta?: Partial<ProcedureMeta>
  readonly resolver?: (call: object) => Promise<unknown>
}

/** Runs the calls all at once, and gives what tRPC would answer: a list for a batch, else the one answer. */
export const answerPlain = async (
  router: AnyRouter,
  { calls, isBatch }: PlainCalls,
  context: Promise<RequestContext>,
): Promise<Answer> => {
  const errors: TRPCError[] = []
  const answers = await Promise.all(
    calls.map(async ({ path, procedure, input }, batchIndex) => {
      const { type } = procedure._def
      let ctx: RequestContext | undefined
      try {
        ctx = await context
        return { result: { data: await answerOf(ctx, { path, procedure, input }, batchIndex) } }
      } catch (cause) {
        const error = getTRPCErrorFromUnknown(cause)
        errors.push(error)
        return { error: getTRPCErrorShape({ config: router._def._config, error, type, path, input, ctx }) }
      }
    }),
  )
  const body = JSON.stringify(isBatch ? answers : answers[0])
  return { status: getHTTPStatusCode(answers), body, errors }
}
