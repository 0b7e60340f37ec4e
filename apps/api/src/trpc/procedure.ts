import type { Action } from '@chartward/audit'
import type { Permission } from '@chartward/policy'
import * as z from 'zod/mini'
import { authorise, closeDone, closeFailed, type Guard, type GuardMode, openEntry } from '../guard/guard.ts'
import { toChartwardError } from './to-chartward-error.ts'
import { base } from './trpc.ts'

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

/** Opens the audit entry, and closes it: nothing leaves before the entry of what was shown is committed. */
const audited = <A extends Action>(spec: { audit: A; permission: Permission }, mode: GuardMode) =>
  base.use(async ({ ctx, next }) => {
    const verb = await openEntry(ctx, spec)
    const result = await next({ ctx: { verb } })
    if (result.ok) await closeDone(verb, mode)
    else await closeFailed(verb, toChartwardError(result.error))
    return result
  })

/**
 * The schema by which answers are parsed as they leave: where a test proves them, one that gives its type and
 * looks at nothing.
 */
const leaving = <Sent, Input, Answer>({ output, proven }: ProcedureSpec<Sent, Input, Answer>) =>
  proven === undefined ? output : z.custom<Answer>()

const guarded = <A extends Action, Sent, Input, Answer>(
  spec: GuardSpec<A, Sent, Input, Answer>,
  mode: GuardMode,
) =>
  audited(spec, mode)
    .meta({
      permission: spec.permission,
      audit: spec.audit,
      output: spec.output,
      proven: spec.proven ?? 'each time',
    })
    .input(spec.input)
    .output(leaving(spec))
    .use(async ({ ctx, input, next }) => next({ ctx: { scope: await authorise(spec, ctx.verb, input) } }))

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
export const openProcedure = <Sent, Input, Answer>(spec: ProcedureSpec<Sent, Input, Answer>) =>
  base
    .meta({ permission: null, audit: null, output: spec.output, proven: spec.proven ?? 'each time' })
    .input(spec.input)
    .output(leaving(spec))
