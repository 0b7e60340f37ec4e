import type { Action } from '@chartward/audit'
import {
  type Actor,
  breaksGlass,
  type DecisionResource,
  decide,
  type PatientId,
  PERMISSIONS,
  type Permission,
  type PermissionForOthers,
  type Policy,
  type ResourceType,
  type Scope,
  type UserId,
} from '@chartward/policy'
import { type ChartwardCode, ChartwardError } from '../core/errors.ts'
import { knownError } from '../core/known-error.ts'
import type { Session, SessionUser, SignedIn } from '../sessions/session.ts'
import { RequestAudit } from './request-audit.ts'
import type { RequestContext } from './request-context.ts'
import { Separation } from './separation.ts'

/*
 * The way of every guarded request, whether it comes by tRPC or by an HTTP route: session, entry opened,
 * decision, verb, entry committed. There is no other.
 */

/** What a guarded verb is given besides its input: who asks, and the entry of what they do. */
export interface VerbContext<A extends Action = Action> {
  readonly app: RequestContext['app']
  readonly request: RequestContext
  readonly user: SessionUser
  readonly session: Session
  readonly actor: Actor
  /** The policy in force when the request came: it is decided by this one throughout. */
  readonly policy: Policy
  readonly entry: RequestAudit<A>
  /** Asked by a verb whose permission is for others by a row that it reads. */
  readonly separation: Separation
}

/** What has to be named before anything can be asked for. */
export type Guard<A extends Action, O> = About<O> & {
  /** The audit event, written whatever comes of it. */
  readonly audit: A
  /** What is asked for; left out where no patient is concerned. */
  readonly resource?: (input: O) => DecisionResource
}

type ForOthersByInput = PermissionForOthers<'input'>

/**
 * The permission; one that is for others by its input says which user that is: nobody acts for
 * their own benefit.
 */
type About<O> =
  | { readonly permission: ForOthersByInput; readonly aboutUser: (input: O) => UserId }
  | { readonly permission: Exclude<Permission, ForOthersByInput>; readonly aboutUser?: never }

/** A read's entry is written when its verb is done; a change writes its own in its transaction. */
export type GuardMode = 'read' | 'change'

/** Codes that mean "you may not", as against "it did not work". */
const REFUSALS: ReadonlySet<ChartwardCode> = new Set([
  'UNAUTHENTICATED',
  'FACTOR_REQUIRED',
  'ENROLMENT_REQUIRED',
  'REASON_REQUIRED',
  'FORBIDDEN',
  'NO_CARE_RELATIONSHIP',
  'SECOND_PERSON_REQUIRED',
  'NOT_FOUND',
])

/** Who is asked for a fresh factor is not refused: they go on with a code. */
const outcomeOf = ({ code }: ChartwardError): 'asked' | 'refused' | 'failure' => {
  if (code === 'STEP_UP_REQUIRED') return 'asked'
  return REFUSALS.has(code) ? 'refused' : 'failure'
}

/** What the entry says too. */
const ELSEWHERE =
  'This network or browser is new to your session. Confirm with a code from your authenticator app.'

const stageError = (signedIn: SignedIn | null): ChartwardError | null => {
  if (signedIn === null) return new ChartwardError('UNAUTHENTICATED')
  if (signedIn.session.stage === 'factor') return new ChartwardError('FACTOR_REQUIRED')
  if (signedIn.session.stage === 'enrol') return new ChartwardError('ENROLMENT_REQUIRED')
  if (signedIn.session.elsewhere) return new ChartwardError('STEP_UP_REQUIRED', ELSEWHERE)
  return null
}

const actorOf = ({ user, assignments }: SignedIn): Actor => ({
  kind: 'user',
  id: user.id,
  roles: assignments,
  patientId: user.patientId,
})

/** Opens the entry of a request. Whoever is not fully signed in is refused here, and that is committed. */
export const openEntry = async <A extends Action>(
  request: RequestContext,
  { audit, permission }: { readonly audit: A; readonly permission: Permission },
): Promise<VerbContext<A>> => {
  const signedIn = await request.signedIn()
  const separation = new Separation(signedIn?.user.id ?? null, permission)
  const entry = new RequestAudit(
    audit,
    request,
    signedIn === null ? { kind: 'anonymous' } : { kind: 'user', id: signedIn.user.id },
    signedIn?.session.id ?? null,
    separation,
  )
  const refusal = stageError(signedIn)
  if (refusal !== null || signedIn === null) {
    const error = refusal ?? new ChartwardError('UNAUTHENTICATED')
    const reason = error.code === 'STEP_UP_REQUIRED' ? ELSEWHERE : error.code
    await request.app.refusals.commit(entry.draft(outcomeOf(error), reason))
    throw error
  }
  return {
    app: request.app,
    request,
    user: signedIn.user,
    session: signedIn.session,
    actor: actorOf(signedIn),
    policy: await request.app.policies.inForce(signedIn.assignments),
    entry,
    separation,
  }
}

/**
 * Commits that the request came to nothing: in a transaction of its own, since the one that was rolled back
 * could lose it.
 */
export const closeFailed = async ({ app, entry }: VerbContext, error: ChartwardError): Promise<void> => {
  await app.audit.commit(entry.draft(outcomeOf(error), reasonOf(error)))
}

/**
 * Commits the entry of a read; of a change, makes sure that its verb has written one. Rejects, with an entry
 * of that, where the session was ended while the request was under way: nothing of it is shown.
 */
export const closeDone = async (ctx: VerbContext, mode: GuardMode): Promise<void> => {
  const { app, user, entry, separation } = ctx
  separation.assertKept()
  if (mode === 'read') {
    try {
      await app.audit.commit(entry.draft('success', null))
    } catch (error) {
      const known = knownError(error)
      if (known.code === 'UNAUTHENTICATED') await closeFailed(ctx, known)
      throw known
    }
    app.access.showed(user.id, entry.action, entry.count)
  } else if (!entry.recorded)
    throw new ChartwardError('INTERNAL', undefined, { cause: new Error(`${entry.action} was not recorded`) })
}

/** Null where the decision says it already. */
const reasonOf = ({ code }: ChartwardError): string | null =>
  code === 'FORBIDDEN' || code === 'NO_CARE_RELATIONSHIP' || code === 'STEP_UP_REQUIRED' ? null : code

/** Decides the request and notes the decision on its entry. Rejects with what the caller may be told. */
export const authorise = async <A extends Action, O>(
  guard: Guard<A, O>,
  ctx: VerbContext<A>,
  input: O,
): Promise<Scope> => {
  const { app, actor, policy, session, entry } = ctx
  const resource = guard.resource?.(input) ?? { kind: 'none' }
  const patientId = resource.kind === 'patient' ? resource.patientId : null
  entry.about(
    { type: patientId === null ? 'none' : (onlyType(resource) ?? 'Patient'), id: patientId },
    patientId,
  )
  const now = app.clock()
  const relationship =
    patientId === null ? null : await app.reads.relationships.ask({ userId: actor.id, patientId })
  // Whoever is in care needs no other ground, and whose roles break no glass has none: neither costs a look.
  const breakGlass =
    patientId === null || relationship !== null || !actor.roles.some((role) => breaksGlass(policy, role))
      ? null
      : await app.reads.breakGlass.ask({ userId: actor.id, patientId })
  const decision = decide({
    actor,
    permission: guard.permission,
    resource,
    context: {
      now,
      factorAt: session.factorAt,
      relationship,
      breakGlass,
      aboutUserId: guard.aboutUser?.(input) ?? null,
    },
    policy,
  })
  entry.decided(decision)
  if (decision.effect === 'allow') {
    // Only whoever could see the patient learns why there is nothing to see.
    if (patientId !== null && PERMISSIONS[guard.permission].subject === 'record')
      app.shredded.refuse(patientId)
    // How much somebody reads of their own record is nobody's question.
    if (!decision.facts.self)
      await admit(ctx, patientId, relationship !== null || decision.facts.breakGlassInForce)
    return decision.scope
  }
  if (decision.effect === 'needs-step-up') throw new ChartwardError('STEP_UP_REQUIRED')
  throw new ChartwardError(decision.effect === 'needs-break-glass' ? 'NO_CARE_RELATIONSHIP' : 'FORBIDDEN')
}

const NONE = { type: 'none', id: null } as const

/** What is permitted may still be more than is usual: then the person says why, and the officer is told. */
const admit = (
  { app, user, entry }: VerbContext,
  patientId: PatientId | null,
  isInCare: boolean,
): Promise<void> =>
  app.access.admit({ userId: user.id, action: entry.action, patientId, isInCare }, async () => {
    await app.audit.commit({
      ...entry.draft('success', null),
      action: 'access.exceeded',
      patientId: null,
      resource: NONE,
    })
  })

const onlyType = (resource: DecisionResource): ResourceType | undefined =>
  resource.kind === 'patient' && resource.types?.length === 1 ? resource.types[0] : undefined

/**
 * The same way for an HTTP route: runs the verb as a guarded procedure would be run, and resolves with its
 * result once the entry of it is committed. A route that streams returns its stream from the verb unread, so
 * that no byte leaves before.
 */
export const guardRequest = async <A extends Action, O, T>(
  request: RequestContext,
  guard: Guard<A, O> & { readonly mode: GuardMode },
  input: O,
  verb: (given: { ctx: VerbContext<A>; scope: Scope; input: O }) => Promise<T>,
): Promise<T> => {
  const ctx = await openEntry(request, guard)
  let result: T
  try {
    result = await verb({ ctx, scope: await authorise(guard, ctx, input), input })
  } catch (error) {
    const known = knownError(error)
    await closeFailed(ctx, known)
    throw known
  }
  await closeDone(ctx, guard.mode)
  return result
}
