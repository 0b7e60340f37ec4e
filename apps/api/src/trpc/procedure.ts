import type { Action } from '@chartward/audit'
import type { Permission, Scope } from '@chartward/policy'
import { TRPCError } from '@trpc/server'
import type * as z from 'zod/mini'
import {
  authorise,
  closeDone,
  closeFailed,
  type Guard,
  type GuardMode,
  openEntry,
  type VerbContext,
} from '../guard/guard.ts'
import { toChartwardError } from './to-chartward-error.ts'
import { goneBy, type ProcedureMeta, procedure, type Way, withLastAlone, withOurErrors } from './trpc.ts'

/**
 * What a procedure takes and gives: strict schemas of the contract, so that no key comes in or leaves which
 * it does not name.
 */
export interface ProcedureSpec<Sent, Input, Answer> {
  readonly input: z.ZodMiniType<Input, Sent>
  /**
   * Every answer is parsed by it before it leaves. One that does not fit leaves as INTERNAL and
   * shows nothing.
   */
  readonly output: z.ZodMiniType<Answer, Answer>
  /**
   * For the hot reads: their answers are not parsed each time, but in `hot-reads.test.ts`, with real data.
   */
  readonly proven?: 'by test'
}

export type GuardSpec<A extends Action, Sent, Input, Answer> = Guard<A, Input> &
  ProcedureSpec<Sent, Input, Answer>

/** The input as its schema has it, refused as tRPC would. */
const entering = <Sent, Input, Answer>(
  { input }: ProcedureSpec<Sent, Input, Answer>,
  raw: unknown,
): Input => {
  const parsed = input.safeParse(raw)
  if (!parsed.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: parsed.error })
  return parsed.data
}

/** The answer as its schema has it; where a test proves it, nothing of it is looked at. */
const leaving = <Sent, Input, Answer>(
  { output, proven }: ProcedureSpec<Sent, Input, Answer>,
  answer: unknown,
): unknown => {
  if (proven !== undefined) return answer
  const parsed = output.safeParse(answer)
  if (!parsed.success) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: parsed.error })
  return parsed.data
}

const metaOf = <A extends Action, Sent, Input, Answer>(
  { output, proven }: ProcedureSpec<Sent, Input, Answer>,
  permission: Permission | null,
  audit: A | null,
  way: Way,
): ProcedureMeta => ({ permission, audit, output, proven: proven ?? 'each time', way })

/**
 * The way of a guarded call: its entry is opened, its input parsed, it is decided, its verb runs and its
 * answer is parsed; then the entry is closed. Nothing leaves before the entry of what was shown is committed.
 */
const guardedWay =
  <A extends Action, Sent, Input, Answer>(spec: GuardSpec<A, Sent, Input, Answer>, mode: GuardMode): Way =>
  ({ ctx, path }, sent, run) =>
    withOurErrors(ctx, path, async () => {
      const verb = await openEntry(ctx, spec)
      let answer: unknown
      try {
        const input = entering(spec, await sent())
        const scope = await authorise(spec, verb, input)
        answer = leaving(spec, await run({ verb, scope }, input))
      } catch (error) {
        await closeFailed(verb, toChartwardError(error))
        throw error
      }
      await closeDone(verb, mode)
      return answer
    })

const openWay =
  <Sent, Input, Answer>(spec: ProcedureSpec<Sent, Input, Answer>): Way =>
  ({ ctx, path }, sent, run) =>
    withOurErrors(ctx, path, async () => leaving(spec, await run({}, entering(spec, await sent()))))

const guarded = <A extends Action, Sent, Input, Answer>(
  spec: GuardSpec<A, Sent, Input, Answer>,
  mode: GuardMode,
) => {
  const way = guardedWay(spec, mode)
  return withLastAlone(
    procedure
      .meta(metaOf(spec, spec.permission, spec.audit, way))
      .input(spec.input)
      .output(spec.output)
      .use<{ verb: VerbContext<A>; scope: Scope }>((call) => goneBy(way, call)),
  )
}

/** A procedure that shows something. Its entry is committed before its answer leaves. */
export const readProcedure = <A extends Action, Sent, Input, Answer>(
  spec: GuardSpec<A, Sent, Input, Answer>,
) => guarded(spec, 'read')

/**
 * A procedure that changes something. Its verb must write its entry in its own transaction (`entry.changed`).
 */
export const changeProcedure = <A extends Action, Sent, Input, Answer>(
  spec: GuardSpec<A, Sent, Input, Answer>,
) => guarded(spec, 'change')

/**
 * A procedure without a permission: sign-in, enrolment, health of the session. Each is named in the list that
 * the router test walks, and writes its own audit entries.
 */
export const openProcedure = <Sent, Input, Answer>(spec: ProcedureSpec<Sent, Input, Answer>) => {
  const way = openWay(spec)
  return withLastAlone(
    procedure
      .meta(metaOf(spec, null, null, way))
      .input(spec.input)
      .output(spec.output)
      .use((call) => goneBy(way, call)),
  )
}
