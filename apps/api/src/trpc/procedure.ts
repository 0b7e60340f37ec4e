import type { Action } from '@chartward/audit'
import {
  type Actor,
  type DecisionResource,
  decide,
  type Permission,
  type ResourceType,
  type Scope,
} from '@chartward/policy'
import type { z } from 'zod'
import { type ChartwardCode, ChartwardError } from '../core/errors.ts'
import { relationshipWith } from '../services/care/relationship.ts'
import type { Session, SessionUser, SignedIn } from '../sessions/session.ts'
import type { RequestContext } from './context.ts'
import { RequestAudit } from './request-audit.ts'
import { base, toChartwardError } from './trpc.ts'

/** What a guarded verb is given besides its input: who asks, and the entry of what they do. */
export interface VerbContext<A extends Action = Action> {
  readonly app: RequestContext['app']
  readonly request: RequestContext
  readonly user: SessionUser
  readonly session: Session
  readonly actor: Actor
  readonly entry: RequestAudit<A>
}

export interface GuardSpec<A extends Action, O, I> {
  readonly permission: Permission
  /** The audit event of this procedure, written whatever comes of it. */
  readonly audit: A
  /** A strict schema: unknown keys are refused. */
  readonly input: z.ZodType<O, I>
  /** What is asked for; left out where no patient is concerned. */
  readonly resource?: (input: O) => DecisionResource
  /** The user whom it concerns: nobody acts for their own benefit. */
  readonly aboutUser?: (input: O) => string
}

/** Codes that mean "you may not", as against "it did not work". */
const REFUSALS: ReadonlySet<ChartwardCode> = new Set([
  'UNAUTHENTICATED',
  'FACTOR_REQUIRED',
  'ENROLMENT_REQUIRED',
  'STEP_UP_REQUIRED',
  'FORBIDDEN',
  'NO_CARE_RELATIONSHIP',
  'SECOND_PERSON_REQUIRED',
  'NOT_FOUND',
])

const stageError = (signedIn: SignedIn | null): ChartwardError | null => {
  if (signedIn === null) return new ChartwardError('UNAUTHENTICATED')
  if (signedIn.session.stage === 'factor') return new ChartwardError('FACTOR_REQUIRED')
  if (signedIn.session.stage === 'enrol') return new ChartwardError('ENROLMENT_REQUIRED')
  return null
}

const actorOf = ({ user, assignments }: SignedIn): Actor => ({
  kind: 'user',
  id: user.id,
  roles: assignments,
  patientId: user.patientId,
})

/** Opens the audit entry, and closes it: nothing leaves before the entry of what was shown is committed. */
const audited = <A extends Action>(action: A, mode: 'read' | 'change') =>
  base.use(async ({ ctx, next }) => {
    const signedIn = await ctx.signedIn()
    const entry = new RequestAudit(
      action,
      ctx,
      signedIn === null ? { kind: 'anonymous' } : { kind: 'user', id: signedIn.user.id },
      signedIn?.session.id ?? null,
    )
    const refusal = stageError(signedIn)
    if (refusal !== null || signedIn === null) {
      await ctx.app.audit.commit(entry.draft('refused', refusal?.code ?? null))
      throw refusal ?? new ChartwardError('UNAUTHENTICATED')
    }
    const verb: VerbContext<A> = {
      app: ctx.app,
      request: ctx,
      user: signedIn.user,
      session: signedIn.session,
      actor: actorOf(signedIn),
      entry,
    }
    const result = await next({ ctx: { verb } })
    if (!result.ok) {
      // A transaction of its own: the one that was rolled back can't lose the refusal.
      const error = toChartwardError(result.error)
      await ctx.app.audit.commit(
        entry.draft(REFUSALS.has(error.code) ? 'refused' : 'failure', reasonOf(error)),
      )
      return result
    }
    if (mode === 'read') await ctx.app.audit.commit(entry.draft('success', null))
    else if (!entry.recorded)
      throw new ChartwardError('INTERNAL', undefined, { cause: new Error(`${action} was not recorded`) })
    return result
  })

/** Null where the decision says it already. */
const reasonOf = ({ code }: ChartwardError): string | null =>
  code === 'FORBIDDEN' || code === 'NO_CARE_RELATIONSHIP' || code === 'STEP_UP_REQUIRED' ? null : code

const authorise = async <A extends Action, O, I>(
  spec: GuardSpec<A, O, I>,
  { app, actor, session, entry }: VerbContext<A>,
  input: O,
): Promise<Scope> => {
  const resource = spec.resource?.(input) ?? { kind: 'none' }
  const patientId = resource.kind === 'patient' ? resource.patientId : null
  entry.about(
    { type: patientId === null ? 'none' : (onlyType(resource) ?? 'Patient'), id: patientId },
    patientId,
  )
  const now = app.clock()
  const relationship = patientId === null ? null : await relationshipWith(app, actor.id, patientId, now)
  const decision = decide({
    actor,
    permission: spec.permission,
    resource,
    context: { now, factorAt: session.factorAt, relationship, aboutUserId: spec.aboutUser?.(input) ?? null },
    policy: app.policy,
  })
  entry.decided(decision)
  if (decision.effect === 'allow') return decision.scope
  if (decision.effect === 'needs-step-up') throw new ChartwardError('STEP_UP_REQUIRED')
  throw new ChartwardError(decision.effect === 'needs-break-glass' ? 'NO_CARE_RELATIONSHIP' : 'FORBIDDEN')
}

const onlyType = (resource: DecisionResource): ResourceType | undefined =>
  resource.kind === 'patient' && resource.types?.length === 1 ? resource.types[0] : undefined

const guarded = <A extends Action, O, I>(spec: GuardSpec<A, O, I>, mode: 'read' | 'change') =>
  audited(spec.audit, mode)
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
