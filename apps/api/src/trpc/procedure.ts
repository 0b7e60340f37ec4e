import type { Action } from '@chartward/audit'
import type { Permission } from '@chartward/policy'
import type { z } from 'zod'
import { authorise, closeDone, closeFailed, type Guard, type GuardMode, openEntry } from '../guard/guard.ts'
import { toChartwardError } from './to-chartward-error.ts'
import { base } from './trpc.ts'

export type GuardSpec<A extends Action, O, I> = Guard<A, O> & {
  /** A strict schema: unknown keys are refused. */
  readonly input: z.ZodType<O, I>
}

/** Opens the audit entry, and closes it: nothing leaves before the entry of what was shown is committed. */
const audited = <A extends Action>(spec: { audit: A; permission: Permission }, mode: GuardMode) =>
  base.use(async ({ ctx, next }) => {
    const verb = await openEntry(ctx, spec)
    const result = await next({ ctx: { verb } })
    if (result.ok) await closeDone(verb, mode)
    else await closeFailed(verb, toChartwardError(result.error))
    return result
  })

const guarded = <A extends Action, O, I>(spec: GuardSpec<A, O, I>, mode: GuardMode) =>
  audited(spec, mode)
    .meta({ permission: spec.permission, audit: spec.audit })
    .input(spec.input)
    .use(async ({ ctx, input, next }) => next({ ctx: { scope: await authorise(spec, ctx.verb, input) } }))

/** A procedure that shows something. Its entry is committed before its answer leaves. */
export const readProcedure = <A extends Action, O, I>(spec: GuardSpec<A, O, I>) => guarded(spec, 'read')

/** A procedure that changes something. Its verb must write its entry in its own transaction (`entry.changed`). */
export const changeProcedure = <A extends Action, O, I>(spec: GuardSpec<A, O, I>) => guarded(spec, 'change')

/**
 * A procedure without a permission: sign-in, enrolment, health of the session. Each is named in the list that the router
 * test walks, and writes its own audit entries.
 */
export const openProcedure = base.meta({ permission: null, audit: null })
