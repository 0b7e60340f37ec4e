import type { ResourceType } from './catalog/index.ts'
import type { CompiledPolicy, CompiledRole } from './compile.ts'
import { type Opening, openingOf, type Reach } from './opening.ts'
import type { Permission, PermissionSpec } from './permissions.ts'
import type { RoleRef } from './policy.ts'

/** A set of roles that somebody holds, and what it was found to open. */
export interface HeldRoles {
  /** Each with its version, `clinician@1`; `name@?` for one that the policy does not have. */
  readonly versions: readonly string[]
  /** Whether the policy has all of them. */
  readonly known: boolean
  /** Each as the policy has it; the name of one that it does not have. */
  readonly roles: readonly (CompiledRole | string)[]
  readonly with: Map<CompiledRole | string, HeldRoles>
  /** By permission, by reach, by the types that were asked for. */
  readonly openings: Map<Permission, Map<string, Opening>[]>
}

/** Types can be chosen by a client, so that what is kept of one policy needs a bound, in fields. */
const MAX_FIELDS = 500_000
/** What a set or an opening takes besides its fields, counted as so many of them. */
const OVERHEAD = 10

const kept = new WeakMap<CompiledPolicy, { root: HeldRoles; fields: number }>()

const holding = (roles: readonly (CompiledRole | string)[]): HeldRoles => ({
  versions: Object.freeze(
    roles.map((role) => (typeof role === 'string' ? `${role}@?` : `${role.name}@${role.version}`)),
  ),
  known: roles.every((role) => typeof role !== 'string'),
  roles,
  with: new Map(),
  openings: new Map(),
})

/** Makes room for what is about to be kept: by beginning anew, since what is kept can be worked out again. */
const keep = (policy: CompiledPolicy, fields: number): { root: HeldRoles; fields: number } => {
  const known = kept.get(policy)
  if (known !== undefined && known.fields + fields <= MAX_FIELDS) {
    known.fields += fields
    return known
  }
  const fresh = { root: holding([]), fields }
  kept.set(policy, fresh)
  return fresh
}

/**
 * The set of these roles, each in its version, in the order in which they come. Found by walking from role to
 * role, so that no two sets are taken for each other, whatever their names hold.
 */
export const heldRoles = (policy: CompiledPolicy, refs: readonly RoleRef[]): HeldRoles => {
  let held = (kept.get(policy) ?? keep(policy, 0)).root
  for (const ref of refs) {
    const role = policy.find(ref) ?? ref.name
    if (held.roles.includes(role)) continue
    let more = held.with.get(role)
    if (more === undefined) {
      keep(policy, OVERHEAD)
      more = holding([...held.roles, role])
      held.with.set(role, more)
    }
    held = more
  }
  return held
}

const KINDS = { none: 0, patient: 8, patients: 16 } as const
const reachIndex = ({ kind, inCare, glass, self }: Reach): number =>
  KINDS[kind] + (inCare ? 4 : 0) + (glass ? 2 : 0) + (self ? 1 : 0)

/** What these roles, and what is in force for everyone, open of a permission; worked out once and kept. */
export const openingFor = (
  policy: CompiledPolicy,
  held: HeldRoles,
  permission: Permission,
  spec: PermissionSpec,
  reach: Reach,
  types: readonly ResourceType[] | null,
): Opening => {
  let byReach = held.openings.get(permission)
  if (byReach === undefined) {
    byReach = []
    held.openings.set(permission, byReach)
  }
  const index = reachIndex(reach)
  let byTypes = byReach[index]
  if (byTypes === undefined) {
    byTypes = new Map()
    byReach[index] = byTypes
  }
  // Types are known ones by now, and their names hold no comma.
  const key = types === null ? '*' : types.join()
  const known = byTypes.get(key)
  if (known !== undefined) return known
  const statements = [
    ...policy.everyone,
    ...held.roles.flatMap((role) => (typeof role === 'string' ? [] : role.statements)),
  ]
    .filter(({ permissions }) => permissions.has(permission))
    .sort((a, b) => a.order - b.order)
  const opening = openingOf(statements, spec, reach, types)
  keep(policy, OVERHEAD + (opening.opens ? opening.fields.size : 0))
  byTypes.set(key, opening)
  return opening
}
