import { FIELD_PATHS, type FieldPath, fieldOf, isResourceType, resourceOf } from '../catalog/index.ts'
import type { DecisionRequest, Interval, RoleAssignment } from '../decision.ts'
import { permissionOf } from '../permissions.ts'
import type { Policy, Role, Statement } from '../policy.ts'
import type { SecurityLabel } from '../security-labels.ts'

type Grant = 'clear' | 'partly' | 'masked'
type Shown = Readonly<Record<string, Grant>>

/** What is decided, and for an allow which patients and which fields, of records with these labels. */
export type Specified =
  | { readonly effect: 'deny' | 'needs-step-up' | 'needs-break-glass' }
  | { readonly effect: 'allow'; readonly rows: string; readonly fields: Shown; readonly whole: boolean }

const typeOf = (path: string): string => path.slice(0, path.indexOf('.'))

const compartmentOf = (type: string): string => (isResourceType(type) ? resourceOf(type).compartment : 'none')

/** Whether one field is of those that a selector stands for: said by the field, without an index. */
const names = (selector: string, path: FieldPath): boolean => {
  const fieldClass = fieldOf(path)?.class
  if (fieldClass === undefined || fieldClass === 'unmapped') return false
  if (selector === `class:${fieldClass}`) return compartmentOf(typeOf(path)) === 'patient'
  return selector === path || selector === `${typeOf(path)}.*`
}

const isKnown = (selector: string): boolean => FIELD_PATHS.some((path) => names(selector, path))

const selectorsOf = ({ clear = [], partly = [], masked = [], hidden = [] }: Statement): string[] => [
  ...clear,
  ...partly,
  ...masked,
  ...hidden,
]

/**
 * An exact path beats a type or a class, and at the same exactness what shows less wins.
 */
const shows = (statement: Statement, path: FieldPath): Grant | null => {
  const { clear = [], partly = [], masked = [], hidden = [] } = statement
  for (const isMeant of [
    (selector: string) => selector === path,
    (selector: string) => names(selector, path),
  ]) {
    if (hidden.some(isMeant)) return null
    if (masked.some(isMeant)) return 'masked'
    if (partly.some(isMeant)) return 'partly'
    if (clear.some(isMeant)) return 'clear'
  }
  return null
}

/** The role that an assignment gives: a built-in one by its name, any other in the version that it names. */
const roleOf = (policy: Policy, { name, version = null }: RoleAssignment): Role | undefined => {
  const custom = Object.entries(policy.versions ?? {}).find(([of]) => of === name)
  if (custom !== undefined) return custom[1].find((one) => one.version === version)
  return version === null ? Object.entries(policy.roles).find(([of]) => of === name)?.[1] : undefined
}

/**
 * Whether the glass is broken: within its time, give or take five seconds at its beginning, and by a role
 * that is held still.
 */
const isGlassInForce = ({ actor, context: { now, breakGlass = null } }: DecisionRequest): boolean =>
  breakGlass !== null &&
  breakGlass.startsAt.getTime() - 5000 <= now.getTime() &&
  (breakGlass.endsAt === null || now < breakGlass.endsAt) &&
  actor.roles.some(
    ({ assignmentId, startsAt, endsAt }) =>
      assignmentId === breakGlass.assignmentId && startsAt <= now && (endsAt === null || now < endsAt),
  )

/**
 * What is not open needs break-glass where that would open it: where the answer would be an allow with a care
 * relationship in force, by those statements alone that let break-glass stand in for one.
 */
const wantOfGlass = (request: DecisionRequest): Specified => {
  const { resource, context, policy } = request
  const { now, relationship } = context
  if (isGlassInForce(request)) return { effect: 'deny' }
  const isGlass = ({ effect, rows, breakGlass }: Statement): boolean =>
    effect !== 'allow' || (rows === 'care' && breakGlass === true)
  const inCare =
    relationship !== null &&
    relationship.startsAt <= now &&
    (relationship.endsAt === null || now < relationship.endsAt)
  if (policy === null || resource.kind !== 'patient' || inCare) return { effect: 'deny' }
  const glass = (role: Role): Role => ({ ...role, statements: role.statements.filter(isGlass) })
  const roles = Object.entries(policy.roles).map(([name, role]) => [name, glass(role)] as const)
  const versions = Object.entries(policy.versions ?? {}).map(([name, all]) => [name, all.map(glass)] as const)
  const { effect } = specified({
    ...request,
    context: { now, factorAt: now, relationship: { id: 'glass', startsAt: now, endsAt: null } },
    policy: {
      ...policy,
      roles: Object.fromEntries(roles),
      versions: Object.fromEntries(versions),
      everyone: policy.everyone?.filter(isGlass) ?? [],
    },
  })
  return { effect: effect === 'allow' ? 'needs-break-glass' : 'deny' }
}

/**
 * What `decide()` has to answer, said as plainly as it can be said: nothing compiled, nothing kept, nothing
 * shared with it but the catalog and the list of permissions. Slow, and read first by whoever wants to know
 * who may do what.
 */
export const specified = (request: DecisionRequest, labels: readonly SecurityLabel[] = []): Specified => {
  const { actor, permission, resource, context, policy } = request
  const now = context.now.getTime()
  const inForce = ({ startsAt, endsAt }: Interval): boolean =>
    startsAt.getTime() <= now && (endsAt === null || now < endsAt.getTime())
  const assigned = actor.roles.filter(inForce)
  const spec = permissionOf(permission)
  const types = resource.kind === 'patient' ? (resource.types ?? null) : null

  // An unknown anything is a deny.
  if (policy === null || spec === undefined) return { effect: 'deny' }
  if (assigned.some((one) => roleOf(policy, one) === undefined)) return { effect: 'deny' }
  if (types?.some((type) => !isResourceType(type))) return { effect: 'deny' }
  const aboutPatients = spec.subject !== 'none'
  if (aboutPatients && resource.kind === 'none') return { effect: 'deny' }

  const covers = ({ rows, effect, breakGlass }: Statement): boolean =>
    rows === 'all' ||
    (rows === 'care' && context.relationship !== null && inForce(context.relationship)) ||
    (rows === 'care' && isGlassInForce(request) && (breakGlass === true || effect !== 'allow')) ||
    (rows === 'self' &&
      resource.kind === 'patient' &&
      actor.patientId !== null &&
      actor.patientId === resource.patientId)
  const statements = [
    ...(policy.everyone ?? []),
    ...new Set(assigned.flatMap((one) => roleOf(policy, one)?.statements ?? [])),
  ].filter(({ permissions }) => permissions.some((named) => named === permission))
  const allows = statements.filter(({ effect }) => effect === 'allow')
  // A deny holds for whom it covers; over many patients, and with rows that nobody knows, for everyone.
  const denies = statements
    .filter(({ effect }) => effect !== 'allow')
    .filter((one) => {
      const hasRows = one.rows === 'all' || one.rows === 'care' || one.rows === 'self'
      return !aboutPatients || resource.kind !== 'patient' || !hasRows || covers(one)
    })
  const taken = denies.flatMap(selectorsOf)

  // Deny wins: of the permission itself, where it names no field, or one that the catalog does not have.
  if (denies.some((one) => selectorsOf(one).length === 0)) return { effect: 'deny' }
  if (!taken.every(isKnown)) return { effect: 'deny' }

  // One patient: what covers them. Many: the widest rows, and nothing of a statement that has others.
  const widest = (['all', 'care', 'self'] as const).find((rule) => allows.some(({ rows }) => rows === rule))
  const open = allows.filter((one) => {
    if (!aboutPatients) return true
    if (resource.kind === 'patient') return covers(one)
    return widest !== undefined && one.rows === widest && (widest !== 'self' || actor.patientId !== null)
  })
  const fieldsOf = (showing: readonly Statement[], ofType: (type: string) => boolean): Shown => {
    const fields: Record<string, Grant> = {}
    // With a selector that the catalog does not know a statement shows nothing.
    const known = showing.filter((one) => selectorsOf(one).every(isKnown))
    for (const path of spec.subject === 'record' ? FIELD_PATHS : []) {
      if (!ofType(typeOf(path)) || taken.some((selector) => names(selector, path))) continue
      const grants = known.map((one) => shows(one, path))
      const most = (['clear', 'partly', 'masked'] as const).find((grant) => grants.includes(grant))
      if (most !== undefined) fields[path] = most
    }
    return fields
  }
  const isAsked = (type: string): boolean => types === null || types.some((named) => named === type)
  const showsNone = spec.subject === 'record' && Object.keys(fieldsOf(open, isAsked)).length === 0
  if (open.length === 0 || showsNone) return wantOfGlass(request)

  // Nobody acts for themselves, and what takes a fresh factor takes one: asked of what is allowed alone.
  if (spec.forOthers !== null && context.aboutUserId === actor.id) return { effect: 'deny' }
  const age = context.factorAt === null ? Number.NaN : (now - context.factorAt.getTime()) / 1000
  if (spec.stepUp && !(age > -6 && age <= 300)) return { effect: 'needs-step-up' }

  const rows = !aboutPatients ? 'none' : resource.kind === 'patient' ? 'patient' : (widest ?? 'none')
  // With labels: what those statements show that name each of them, and of the types asked for alone.
  const showing = open.filter(({ labels: opened = [] }) => labels.every((label) => opened.includes(label)))
  const isShown = (type: string): boolean =>
    isAsked(type) || (labels.length === 0 && compartmentOf(type) === 'directory')
  const fields = fieldsOf(showing, isShown)
  // What no field is declared for: of one's own record, where some field of it is shown and none is denied.
  const isWhole = showing.some((one) => one.whole === true && one.rows === 'self')
  const whole = isWhole && taken.length === 0 && Object.keys(fields).length > 0
  return { effect: 'allow', rows, fields, whole }
}
