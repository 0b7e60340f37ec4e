import { FIELD_PATHS, fieldOf, isResourceType, resourceOf } from './catalog/index.ts'
import { decide } from './decide.ts'
import type { Decision, DecisionRequest, DecisionResource } from './decision.ts'
import type { FieldGrant } from './field-grants.ts'
import type { PatientId, UserId } from './ids.ts'
import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from './permissions.ts'
import { type Policy, type Role, type RowRule, refOf } from './policy.ts'
import { fieldAccess } from './scope.ts'
import { LABELS, type SecurityLabel } from './security-labels.ts'
import { READABLE_CLASSES, type ReadableClass } from './selectors.ts'

/** A permission that a role gives, and for which patients at most; null where it is about none. */
export interface Permitted {
  readonly permission: Permission
  readonly patients: RowRule | null
}

/** How many fields of a class are shown as they are (or a part of them), and as masks, of all there are. */
export interface SeenClass {
  readonly fieldClass: ReadableClass
  readonly clear: number
  readonly masked: number
  readonly of: number
}

export interface Permits {
  readonly permissions: readonly Permitted[]
  /** The classes of which anything is shown. */
  readonly sees: readonly SeenClass[]
  /** The security labels that it opens. */
  readonly labels: readonly SecurityLabel[]
}

const NOW = new Date(0)
const ME = 'me' as UserId
const PATIENT = 'patient' as PatientId
/** Whatever shows something of a patient's data. */
const READING = ALL_PERMISSIONS.filter((permission) => PERMISSIONS[permission].subject === 'record')

/** What decide() is told of whose patient it is: from what says least to what says most. */
const CIRCUMSTANCES: readonly { readonly rule: RowRule; readonly inCare: boolean; readonly own: boolean }[] =
  [
    { rule: 'all', inCare: false, own: false },
    { rule: 'care', inCare: true, own: false },
    { rule: 'self', inCare: false, own: true },
  ]

/**
 * What a role permits at most, as decide() itself says: with a factor that is fresh, for somebody else, and
 * with a care relationship or of one's own record where it takes that.
 */
export const permitsOf = (policy: Policy, role: Role): Permits => {
  const ofPolicy = known.get(policy) ?? new Map<Role, Permits>()
  known.set(policy, ofPolicy)
  const before = ofPolicy.get(role)
  if (before !== undefined) return before
  const permits = workOut(policy, role)
  ofPolicy.set(role, permits)
  return permits
}

/** Worked out once: a policy is a value. */
const known = new WeakMap<Policy, Map<Role, Permits>>()

const workOut = (policy: Policy, role: Role): Permits => {
  const ask = (
    permission: Permission,
    resource: DecisionResource,
    { inCare, own }: { readonly inCare: boolean; readonly own: boolean },
  ): Decision => {
    const request: DecisionRequest = {
      actor: {
        kind: 'user',
        id: ME,
        roles: [{ ...refOf(policy, role), assignmentId: role.name, startsAt: NOW, endsAt: null }],
        patientId: own ? PATIENT : null,
      },
      permission,
      resource,
      context: {
        now: NOW,
        factorAt: NOW,
        relationship: inCare ? { id: 'relationship', startsAt: NOW, endsAt: null } : null,
        aboutUserId: 'somebody else' as UserId,
      },
      policy,
    }
    return decide(request)
  }
  const one: DecisionResource = { kind: 'patient', patientId: PATIENT }
  const ruleOf = (permission: Permission): RowRule | undefined =>
    CIRCUMSTANCES.find((told) => ask(permission, one, told).effect === 'allow')?.rule
  return {
    permissions: ALL_PERMISSIONS.flatMap((permission): Permitted[] => {
      if (PERMISSIONS[permission].subject === 'none') {
        const { effect } = ask(permission, { kind: 'none' }, { inCare: false, own: false })
        return effect === 'allow' ? [{ permission, patients: null }] : []
      }
      const patients = ruleOf(permission)
      return patients === undefined ? [] : [{ permission, patients }]
    }),
    sees: seenUnder(READING.flatMap((permission) => CIRCUMSTANCES.map((told) => ask(permission, one, told)))),
    labels: LABELS.filter((label) =>
      role.statements.some(({ effect, labels }) => effect === 'allow' && labels?.includes(label) === true),
    ),
  }
}

/** How many fields of patients' records any of these decisions shows, by class. */
export const seenUnder = (decisions: readonly Decision[]): readonly SeenClass[] => {
  const grants = new Map<string, FieldGrant | 'none'>()
  for (const path of FIELD_PATHS) {
    const [type = ''] = path.split('.')
    if (!isResourceType(type) || resourceOf(type).compartment === 'directory') continue
    const found = decisions.map((said) => (said.effect === 'allow' ? fieldAccess(said.scope, path) : 'none'))
    grants.set(
      path,
      (['clear', 'partly', 'masked'] as const).find((grant) => found.includes(grant)) ?? 'none',
    )
  }
  return READABLE_CLASSES.map((fieldClass) => {
    const all = [...grants].filter(([path]) => fieldOf(path)?.class === fieldClass)
    const count = (wanted: FieldGrant) => all.filter(([, grant]) => grant === wanted).length
    return { fieldClass, clear: count('clear') + count('partly'), masked: count('masked'), of: all.length }
  }).filter(({ clear, masked }) => clear + masked > 0)
}
