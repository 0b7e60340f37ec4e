import { isResourceType } from './catalog/index.ts'
import { compilePolicy } from './compile.ts'
import type {
  Actor,
  Decision,
  DecisionFacts,
  DecisionRequest,
  DecisionResource,
  Interval,
} from './decision.ts'
import { type HeldRoles, heldRoles, openingFor } from './held-roles.ts'
import { permissionOf, STEP_UP_SECONDS } from './permissions.ts'
import type { RefusalReason } from './reasons.ts'
import { type Rows, Scope } from './scope.ts'

/**
 * How far the clocks of two API processes may differ before a factor, or a break-glass grant, "from the
 * future" is no longer believed.
 */
const CLOCK_SKEW_SECONDS = 5
const CLOCK_SKEW_MS = CLOCK_SKEW_SECONDS * 1000

/**
 * Decides one request: explicit deny, then allow, then default deny; separation of duties and step-up only
 * for what would be allowed. Pure: time, policy and facts come in with the request. What is missing or
 * unknown is a deny.
 */
export const decide = (request: DecisionRequest): Decision => {
  const { permission, resource, policy, context, actor } = request
  const inForce = actor.roles.filter((assignment) => isInForce(assignment, context.now))
  const compiled = policy === null ? null : compilePolicy(policy)
  const held = compiled === null ? null : heldRoles(compiled, inForce)
  const facts = factsOf(request, inForce, held)
  const refuse = (
    reason: RefusalReason,
    statement: string | null = null,
    effect: 'deny' | 'needs-step-up' | 'needs-break-glass' = 'deny',
  ): Decision => ({ effect, statement, reason, facts })

  if (compiled === null || held === null) return refuse('no-policy')
  const spec = permissionOf(permission)
  if (spec === undefined) return refuse('unknown-permission')
  // A role that the policy has lost may have held denials: nothing can be said about what is left.
  if (!held.known) return refuse('unknown-role')
  const types = resource.kind === 'patient' ? (resource.types ?? null) : null
  if (types?.some((type) => !isResourceType(type))) return refuse('unknown-resource-type')
  if (spec.subject !== 'none' && resource.kind === 'none') return refuse('no-patient-named')

  const reach = {
    kind: resource.kind,
    inCare: facts.relationshipInForce,
    glass: facts.breakGlassInForce,
    self: resource.kind === 'patients' ? actor.patientId !== null : facts.self,
  }
  const opening = openingFor(compiled, held, permission, spec, reach, types)
  if (!opening.opens) {
    const nobody = opening.reason === 'no-statement' && inForce.length === 0
    return refuse(nobody ? 'no-active-role' : opening.reason, opening.statement, opening.effect)
  }
  if (spec.forOthers !== null && facts.aboutSelf === true) return refuse('own-benefit', opening.statement)
  if (spec.stepUp && !isFresh(facts.factorAgeSeconds)) {
    return refuse('factor-too-old', opening.statement, 'needs-step-up')
  }
  const rows = rowsOf(opening.rows, actor, resource)
  const scope = new Scope(permission, opening.fields, rows, opening.statements, opening.fieldsUnder)
  return { effect: 'allow', scope, statement: opening.statement, reason: 'allowed', facts }
}

/** The rows of this request: whose care, or which patient. */
const rowsOf = (kind: Rows['kind'], actor: Actor, resource: DecisionResource): Rows => {
  if (kind === 'patient' && resource.kind === 'patient') return { kind, patientId: resource.patientId }
  if (kind === 'care') return { kind, userId: actor.id }
  if (kind === 'self' && actor.patientId !== null) return { kind, patientId: actor.patientId }
  return { kind: kind === 'all' ? 'all' : 'none' }
}

/** Whether it is in force at a moment. Compares so that an invalid date never is. */
export const isInForce = ({ startsAt, endsAt }: Interval, now: Date): boolean =>
  startsAt.getTime() <= now.getTime() && (endsAt === null || now.getTime() < endsAt.getTime())

/**
 * Opened on one process, a grant counts at once on another whose clock is a little behind; its end is never
 * later for that. It counts as long as the assignment does by which it was opened.
 */
const isGlassInForce = (
  { startsAt, endsAt, assignmentId }: NonNullable<DecisionRequest['context']['breakGlass']>,
  now: Date,
  inForce: DecisionRequest['actor']['roles'],
): boolean =>
  isInForce({ startsAt: new Date(startsAt.getTime() - CLOCK_SKEW_MS), endsAt }, now) &&
  inForce.some((assignment) => assignment.assignmentId === assignmentId)

const isFresh = (age: number | null): boolean =>
  age !== null && age >= -CLOCK_SKEW_SECONDS && age <= STEP_UP_SECONDS

const factsOf = (
  { actor, permission, resource, context, policy }: DecisionRequest,
  inForce: DecisionRequest['actor']['roles'],
  held: HeldRoles | null,
): DecisionFacts => {
  const { relationship, breakGlass = null, factorAt, now, aboutUserId } = context
  // Rounded up: five minutes and a moment is more than five minutes. `+ 0` turns -0, which JSON
  // has not, into 0.
  const age = factorAt === null ? Number.NaN : Math.ceil((now.getTime() - factorAt.getTime()) / 1000) + 0
  return {
    policy: policy?.version ?? null,
    permission,
    resource: resource.kind,
    types: resource.kind === 'patient' && resource.types !== undefined ? [...resource.types] : null,
    roles: held === null ? [...new Set(inForce.map(({ name }) => `${name}@?`))] : [...held.versions],
    assignments: inForce.map(({ assignmentId }) => assignmentId),
    relationship: relationship?.id ?? null,
    relationshipInForce: relationship !== null && isInForce(relationship, now),
    breakGlass: breakGlass?.id ?? null,
    breakGlassInForce: breakGlass !== null && isGlassInForce(breakGlass, now, inForce),
    self: resource.kind === 'patient' && actor.patientId !== null && actor.patientId === resource.patientId,
    aboutSelf: aboutUserId == null ? null : aboutUserId === actor.id,
    factorAgeSeconds: Number.isFinite(age) ? age : null,
  }
}
