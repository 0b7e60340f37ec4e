import type { Permission } from './permissions.ts'
import type { SecurityLabel } from './security-labels.ts'
import type { FieldSelector } from './selectors.ts'

/**
 * `care`: patients with a care relationship in force; `self`: the actor's own record; `all`: every patient.
 */
export type RowRule = 'care' | 'self' | 'all'

export interface Statement {
  /** `role/what-it-allows`; kept on the audit entry of everything it decides. */
  readonly id: string
  readonly effect: 'allow' | 'deny'
  readonly permissions: readonly Permission[]
  /** Which patients it covers. Without it an allow covers no patient, and a deny covers all of them. */
  readonly rows?: RowRule
  /**
   * In an allow: the fields seen as they are, in that part which the catalog declares for each, as masks, and
   * not at all, though a class or a type that is named has them. An exact path beats a class or a type; where
   * equally exact selectors differ, the one that shows less wins. In a deny: the fields taken away (all lists
   * alike); a deny without fields refuses the permission itself.
   */
  readonly clear?: readonly FieldSelector[]
  readonly partly?: readonly FieldSelector[]
  readonly masked?: readonly FieldSelector[]
  readonly hidden?: readonly FieldSelector[]
  /**
   * In an allow: the security labels of records that it opens as well. A record that its source has labelled
   * is shown by those statements alone that name each of its labels.
   */
  readonly labels?: readonly SecurityLabel[]
  /**
   * In an allow of the actor's own record: what no field is declared for is shown too (45 CFR 164.524 gives a
   * right to the whole). With any other rows it counts for nothing.
   */
  readonly whole?: boolean
  /** Whether a break-glass grant may stand in for the missing care relationship. */
  readonly breakGlass?: boolean
}

export interface Role {
  readonly name: string
  /** A saved role is never changed: each save is the next version. */
  readonly version: number
  readonly title: string
  /** What it is for, in a sentence or two, said to whoever assigns it. */
  readonly description: string
  /** Assigning it needs a second approver. */
  readonly privileged: boolean
  /** It comes with the account of a patient, and is never assigned. */
  readonly ofPatients?: true
  readonly statements: readonly Statement[]
}

/** Compiled once and remembered by identity: a policy is a value, and a changed policy is a new object. */
export interface Policy {
  readonly version: string
  /** By name, the version that whoever is given the role gets. */
  readonly roles: Readonly<Record<string, Role>>
  /**
   * Of each role that is not built in, every version that there is: an assignment of such a role names the
   * one that it gives. A role of these that is not among `roles` can't be given.
   */
  readonly versions?: Readonly<Record<string, readonly Role[]>>
  /** In force for everyone who is signed in, also for someone whose last role assignment has ended. */
  readonly everyone?: readonly Statement[]
}

const freezeStatement = (statement: Statement): Statement => {
  const { permissions, clear, partly, masked, hidden, labels } = statement
  for (const list of [permissions, clear, partly, masked, hidden, labels]) Object.freeze(list)
  return Object.freeze(statement)
}

const freezeRole = (role: Role): Role => {
  role.statements.forEach(freezeStatement)
  Object.freeze(role.statements)
  return Object.freeze(role)
}

/**
 * Freezes a policy through and through, so that what decide() compiled cannot drift from what it was given.
 */
export const definePolicy = (policy: Policy): Policy => {
  Object.values(policy.roles).forEach(freezeRole)
  for (const versions of Object.values(policy.versions ?? {})) {
    versions.forEach(freezeRole)
    Object.freeze(versions)
  }
  Object.freeze(policy.versions)
  policy.everyone?.forEach(freezeStatement)
  Object.freeze(policy.everyone)
  Object.freeze(policy.roles)
  return Object.freeze(policy)
}

/** The roles that can be assigned, in the policy's order. */
export const assignableRoles = ({ roles }: Pick<Policy, 'roles'>): Role[] =>
  Object.values(roles).filter(({ ofPatients }) => ofPatients !== true)

/** A role as an assignment names it: one that is built in by its name alone, any other in a version too. */
export interface RoleRef {
  readonly name: string
  readonly version?: number | null | undefined
}

/** The role that an assignment gives; undefined where the policy does not have just that. */
export const roleOf = (policy: Pick<Policy, 'roles' | 'versions'>, ref: RoleRef): Role | undefined => {
  const { versions = {} } = policy
  if (Object.hasOwn(versions, ref.name)) return versions[ref.name]?.find((one) => one.version === ref.version)
  if (ref.version != null) return undefined
  return Object.hasOwn(policy.roles, ref.name) ? policy.roles[ref.name] : undefined
}

/** How an assignment names this role. */
export const refOf = ({ versions = {} }: Pick<Policy, 'versions'>, { name, version }: Role): RoleRef => ({
  name,
  version: Object.hasOwn(versions, name) ? version : null,
})

/** What a role is called, for people; its name, where the policy does not have it. */
export const titleOf = (policy: Pick<Policy, 'roles' | 'versions'>, ref: RoleRef): string =>
  (roleOf(policy, ref) ?? policy.roles[ref.name] ?? policy.versions?.[ref.name]?.at(-1))?.title ?? ref.name
