import { isResourceType, RESOURCE_TYPES, type ResourceType, resourceOf } from './catalog/index.ts'
import { type CompiledPolicy, type CompiledStatement, compilePolicy, mergeFields } from './compile.ts'
import type { Decision, DecisionFacts, DecisionRequest, Interval } from './decision.ts'
import { NO_FIELDS } from './field-grants.ts'
import { permissionOf, STEP_UP_SECONDS } from './permissions.ts'
import type { RefusalReason } from './reasons.ts'
import { type Rows, Scope } from './scope.ts'
import type { SecurityLabel } from './security-labels.ts'

/**
 * How far the clocks of two API processes may differ before a factor "from the future" is no longer believed.
 */
const CLOCK_SKEW_SECONDS = 5

const DIRECTORY: readonly ResourceType[] = RESOURCE_TYPES.filter(
  (type) => resourceOf(type).compartment === 'directory',
)

/**
 * Decides one request: explicit deny, then allow, then default deny; separation of duties and step-up only
 * for what would be allowed. Pure: time, policy and facts come in with the request. What is missing or
 * unknown is a deny.
 */
export const decide = (request: DecisionRequest): Decision => {
  const { permission, resource, policy, context, actor } = request
  const compiled = policy === null ? null : compilePolicy(policy)
  const inForce = actor.roles.filter((assignment) => isInForce(assignment, context.now))
  const facts = factsOf(request, compiled, inForce)
  const refuse = (
    reason: RefusalReason,
    statement: CompiledStatement | null = null,
    effect: 'deny' | 'needs-step-up' | 'needs-break-glass' = 'deny',
  ): Decision => ({ effect, statement: statement?.id ?? null, reason, facts })

  if (compiled === null) return refuse('no-policy')
  const spec = permissionOf(permission)
  if (spec === undefined) return refuse('unknown-permission')
  // A role that the policy has lost may have held denials: nothing can be said about what is left.
  if (inForce.some(({ name }) => !compiled.roles.has(name))) return refuse('unknown-role')
  const types = resource.kind === 'patient' ? (resource.types ?? null) : null
  if (types?.some((type) => !isResourceType(type))) return refuse('unknown-resource-type')
  const aboutPatients = spec.subject !== 'none'
  if (aboutPatients && resource.kind === 'none') return refuse('no-patient-named')

  const statements = statementsFor(compiled, inForce, permission)
  const denying = statements.filter(
    (statement) => !statement.allows && (!aboutPatients || mayDeny(statement, request, facts)),
  )
  const refusing = denying.find(({ refuses }) => refuses)
  if (refusing !== undefined) return refuse('explicit-deny', refusing)

  const allowing = statements.filter(({ allows }) => allows)
  if (allowing.length === 0) return refuse(inForce.length === 0 ? 'no-active-role' : 'no-statement')

  const readsRecords = spec.subject === 'record'
  const admitted = aboutPatients
    ? admit(allowing, request, facts)
    : { rows: { kind: 'none' } as const, statements: allowing }
  const refuseForWantOfGlass = (otherwise: () => Decision): Decision => {
    const glass = glassFor(statements, request, facts)
    const shows = (): boolean => mergeFields(compiled, glass.opening, glass.denying, types).size > 0
    const [opened] = glass.opening
    if (opened === undefined || (readsRecords && !shows())) return otherwise()
    return refuse('no-care-relationship', opened, 'needs-break-glass')
  }
  const [first] = admitted.statements
  if (first === undefined) return refuseForWantOfGlass(() => refuseRows(allowing, refuse))

  const asked = readsRecords ? mergeFields(compiled, admitted.statements, denying, types) : NO_FIELDS
  if (readsRecords && asked.size === 0) {
    const deniedBy = denying.find(({ fields: taken }) =>
      [...mergeFields(compiled, admitted.statements, [], types).keys()].some((path) => taken.has(path)),
    )
    return refuseForWantOfGlass(() =>
      deniedBy === undefined ? refuse('no-readable-field') : refuse('explicit-deny', deniedBy),
    )
  }

  // What records of these types refer to in the directory goes with them, as far as it is granted at all.
  const fields =
    types === null || asked.size === 0
      ? asked
      : mergeFields(compiled, admitted.statements, denying, [...types, ...DIRECTORY])

  if (spec.forOthers !== null && facts.aboutSelf === true) return refuse('own-benefit', first)
  if (spec.stepUp && !isFresh(facts.factorAgeSeconds)) return refuse('factor-too-old', first, 'needs-step-up')

  const fieldsUnder = (labels: readonly SecurityLabel[]) =>
    mergeFields(compiled, admitted.statements.filter(opening(labels)), denying, types)
  const made = readsRecords ? [...admitted.statements, ...denying] : admitted.statements
  const scope = new Scope(
    permission,
    fields,
    admitted.rows,
    made.map(({ id }) => id),
    readsRecords ? fieldsUnder : () => NO_FIELDS,
  )
  return { effect: 'allow', scope, statement: first.id, reason: 'allowed', facts }
}

/** The statements that name each of these labels. */
const opening =
  (labels: readonly SecurityLabel[]) =>
  (statement: CompiledStatement): boolean =>
    labels.every((label) => statement.labels.has(label))

/** Compares so that an invalid date is never in force. */
const isInForce = ({ startsAt, endsAt }: Interval, now: Date): boolean =>
  startsAt.getTime() <= now.getTime() && (endsAt === null || now.getTime() < endsAt.getTime())

const isFresh = (age: number | null): boolean =>
  age !== null && age >= -CLOCK_SKEW_SECONDS && age <= STEP_UP_SECONDS

const factsOf = (
  { actor, permission, resource, context, policy }: DecisionRequest,
  compiled: CompiledPolicy | null,
  inForce: DecisionRequest['actor']['roles'],
): DecisionFacts => {
  const { relationship, factorAt, now, aboutUserId } = context
  // Rounded up: five minutes and a moment is more than five minutes. `+ 0` turns -0, which JSON
  // has not, into 0.
  const age = factorAt === null ? Number.NaN : Math.ceil((now.getTime() - factorAt.getTime()) / 1000) + 0
  return {
    policy: policy?.version ?? null,
    permission,
    resource: resource.kind,
    types: resource.kind === 'patient' && resource.types !== undefined ? [...resource.types] : null,
    roles: [...new Set(inForce.map(({ name }) => `${name}@${compiled?.roles.get(name)?.version ?? '?'}`))],
    assignments: inForce.map(({ assignmentId }) => assignmentId),
    relationship: relationship?.id ?? null,
    relationshipInForce: relationship !== null && isInForce(relationship, now),
    self: resource.kind === 'patient' && actor.patientId !== null && actor.patientId === resource.patientId,
    aboutSelf: aboutUserId == null ? null : aboutUserId === actor.id,
    factorAgeSeconds: Number.isFinite(age) ? age : null,
  }
}

const statementsFor = (
  compiled: CompiledPolicy,
  inForce: DecisionRequest['actor']['roles'],
  permission: string,
): CompiledStatement[] => {
  const names = new Set(inForce.map(({ name }) => name))
  return [...compiled.everyone, ...[...names].flatMap((name) => compiled.roles.get(name)?.statements ?? [])]
    .filter(({ permissions }) => permissions.has(permission))
    .sort((a, b) => a.order - b.order)
}

/** Whether a statement's rows cover the one patient of the request. */
const coversPatient = ({ rows }: CompiledStatement, facts: DecisionFacts): boolean =>
  rows === 'all' || (rows === 'care' && facts.relationshipInForce) || (rows === 'self' && facts.self)

/** Over many patients a deny that may hold for one of them holds for the list. */
const mayDeny = (
  statement: CompiledStatement,
  { resource }: DecisionRequest,
  facts: DecisionFacts,
): boolean => statement.rows === null || resource.kind !== 'patient' || coversPatient(statement, facts)

interface Admission {
  readonly rows: Rows
  readonly statements: readonly CompiledStatement[]
}

/**
 * The rows of the request, and the statements whose rows cover all of them: only from these may fields come.
 * Over many patients that means the widest rows, and nothing from a statement that is narrower: a billing
 * clerk who is a nurse too sees billing fields in a list of all patients, and nurse fields on the patients
 * in their care.
 */
const admit = (
  allowing: readonly CompiledStatement[],
  { actor, resource }: DecisionRequest,
  facts: DecisionFacts,
): Admission => {
  if (resource.kind === 'patient') {
    const rows: Rows = { kind: 'patient', patientId: resource.patientId }
    return { rows, statements: allowing.filter((statement) => coversPatient(statement, facts)) }
  }
  const withRows = (rule: CompiledStatement['rows']) => allowing.filter(({ rows }) => rows === rule)
  const all = withRows('all')
  if (all.length > 0) return { rows: { kind: 'all' }, statements: all }
  const care = withRows('care')
  if (care.length > 0) return { rows: { kind: 'care', userId: actor.id }, statements: care }
  if (actor.patientId === null) return { rows: { kind: 'none' }, statements: [] }
  return { rows: { kind: 'self', patientId: actor.patientId }, statements: withRows('self') }
}

/**
 * What break-glass would open of one patient who is not in care: the statements whose missing care
 * relationship it may stand in for, and the denials that would then hold. Opening nothing, where one of these
 * refuses the permission itself.
 */
const glassFor = (
  statements: readonly CompiledStatement[],
  request: DecisionRequest,
  facts: DecisionFacts,
): { readonly opening: readonly CompiledStatement[]; readonly denying: readonly CompiledStatement[] } => {
  const asInCare = { ...facts, relationshipInForce: true }
  const denying = statements.filter((one) => !one.allows && mayDeny(one, request, asInCare))
  const opens = request.resource.kind === 'patient' && !facts.relationshipInForce
  if (!opens || denying.some(({ refuses }) => refuses)) return { opening: [], denying }
  const opening = statements.filter(({ allows, rows, breakGlass }) => allows && rows === 'care' && breakGlass)
  return { opening, denying }
}

/** Says what would have opened the patient: a care relationship, or being the patient. */
const refuseRows = (
  allowing: readonly CompiledStatement[],
  refuse: (reason: RefusalReason, statement?: CompiledStatement) => Decision,
): Decision => {
  const care = allowing.find(({ rows }) => rows === 'care')
  if (care !== undefined) return refuse('no-care-relationship', care)
  const self = allowing.find(({ rows }) => rows === 'self')
  return self === undefined ? refuse('no-statement') : refuse('not-self', self)
}
