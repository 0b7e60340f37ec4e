import type { AuditEntryBase } from '@chartward/audit'
import {
  type Decision,
  type DecisionRequest,
  type DecisionResource,
  decide,
  isPermission,
  isResourceType,
  type PatientId,
  type Policy,
  type RoleRef,
  roleOf,
  type UserId,
} from '@chartward/policy'

/** How a decision comes out by another version: as it did, refused, allowed, or with fewer or more fields. */
export type Again = 'same' | 'refused' | 'allowed' | 'less' | 'more'

const NOW = new Date(0)
const ME = 'me' as UserId
const PATIENT = 'patient' as PatientId

/**
 * The roles that an entry's facts name, in the versions that they had; null where one is no role of theirs.
 */
export const refsThen = ({
  roles,
}: AuditEntryBase['facts']): readonly (RoleRef & { version: number })[] | null => {
  if (!Array.isArray(roles)) return null
  const refs = roles.map((text) => /^(.+)@(\d+)$/.exec(String(text)))
  if (refs.some((ref) => ref === null)) return null
  return refs.map((ref) => ({ name: ref?.[1] ?? '', version: Number(ref?.[2]) }))
}

/**
 * How a role was named in an assignment: built-in ones by name alone, where the code still has that very
 * version; undefined where the policy does not have it any more.
 */
const assignmentRef = (policy: Policy, { name, version }: RoleRef): RoleRef | undefined => {
  if (Object.hasOwn(policy.versions ?? {}, name))
    return roleOf(policy, { name, version }) && { name, version }
  return policy.roles[name]?.version === version ? { name } : undefined
}

/**
 * Decides an entry's request again from its facts, with the roles that it was decided by, and with one of
 * them in another version. Null where that can't be said: where the policy has not all of those roles any
 * more, or comes to another answer than the entry has.
 */
export const decideAgain = (
  policy: Policy,
  { facts, outcome, reason }: Pick<AuditEntryBase, 'facts' | 'outcome' | 'reason'>,
  then: readonly RoleRef[],
  to: RoleRef,
): Again | null => {
  const request = requestOf(facts)
  const refs = then.map((ref) => assignmentRef(policy, ref))
  if (request === null || !refs.every((ref) => ref !== undefined)) return null
  const by = (roles: readonly RoleRef[]): Decision =>
    decide({
      ...request,
      actor: {
        ...request.actor,
        roles: roles.map((role) => ({ ...role, assignmentId: role.name, startsAt: NOW, endsAt: null })),
      },
      context: { ...request.context, breakGlass: facts.breakGlassInForce === true ? brokenBy(roles) : null },
      policy,
    })
  const before = by(refs)
  // What was done was allowed: who is told otherwise now would be told nonsense.
  if (outcome === 'success' && before.effect !== 'allow' && reason !== null) return null
  const after = by(refs.map((ref) => (ref.name === to.name ? to : ref)))
  if (before.effect === 'allow' && after.effect !== 'allow') return 'refused'
  if (before.effect !== 'allow') return after.effect === 'allow' ? 'allowed' : 'same'
  if (after.effect !== 'allow') return 'same'
  return byFields(before.scope.fields, after.scope.fields)
}

/** A glass that was broken: which role's assignment it was broken by is the same one in another version. */
const brokenBy = ([by]: readonly RoleRef[]) =>
  by === undefined
    ? null
    : { id: 'break-glass', assignmentId: by.name, startsAt: NOW, endsAt: new Date(NOW.getTime() + 1) }

type Fields = Extract<Decision, { effect: 'allow' }>['scope']['fields']
const GRANTS = ['masked', 'partly', 'clear']

/** Fewer fields outweigh more of them: what somebody misses is what they come and ask about. */
const byFields = (before: Fields, after: Fields): Again => {
  const rank = (fields: Fields, path: Parameters<Fields['get']>[0]) =>
    GRANTS.indexOf(fields.get(path) ?? 'none')
  if ([...before.keys()].some((path) => rank(after, path) < rank(before, path))) return 'less'
  return [...after.keys()].some((path) => rank(after, path) > rank(before, path)) ? 'more' : 'same'
}

const requestOf = (facts: AuditEntryBase['facts']): Omit<DecisionRequest, 'policy'> | null => {
  const { permission, resource: kind, types, factorAgeSeconds, relationshipInForce, self, aboutSelf } = facts
  if (typeof permission !== 'string' || !isPermission(permission)) return null
  const resource = resourceOf(kind, types)
  if (resource === null) return null
  return {
    actor: { kind: 'user', id: ME, roles: [], patientId: self === true ? PATIENT : null },
    permission,
    resource,
    context: {
      now: NOW,
      factorAt:
        typeof factorAgeSeconds === 'number' ? new Date(NOW.getTime() - factorAgeSeconds * 1000) : null,
      relationship: relationshipInForce === true ? { id: 'relationship', startsAt: NOW, endsAt: null } : null,
      aboutUserId: aboutSelf === true ? ME : null,
    },
  }
}

const resourceOf = (kind: unknown, types: unknown): DecisionResource | null => {
  if (kind === 'none' || kind === 'patients') return { kind }
  if (kind !== 'patient') return null
  const named = Array.isArray(types) ? types.map(String) : []
  const known = named.filter(isResourceType)
  if (known.length !== named.length) return null
  return { kind, patientId: PATIENT, ...(Array.isArray(types) ? { types: known } : {}) }
}
