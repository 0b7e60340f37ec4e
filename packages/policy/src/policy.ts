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
   * In an allow: the fields seen as they are, and as masks. An exact path beats a class or a type; where two
   * equally exact selectors differ, the mask wins. In a deny: the fields taken away (both lists alike); a
   * deny without fields refuses the permission itself.
   */
  readonly clear?: readonly FieldSelector[]
  readonly masked?: readonly FieldSelector[]
  /**
   * In an allow: the security labels of records that it opens as well. A record that its source has labelled
   * is shown by those statements alone that name each of its labels.
   */
  readonly labels?: readonly SecurityLabel[]
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
  readonly statements: readonly Statement[]
}

/** Compiled once and remembered by identity: a policy is a value, and a changed policy is a new object. */
export interface Policy {
  readonly version: string
  readonly roles: Readonly<Record<string, Role>>
  /** In force for everyone who is signed in, also for someone whose last role assignment has ended. */
  readonly everyone?: readonly Statement[]
}

const freezeStatement = (statement: Statement): Statement => {
  Object.freeze(statement.permissions)
  if (statement.clear !== undefined) Object.freeze(statement.clear)
  if (statement.masked !== undefined) Object.freeze(statement.masked)
  if (statement.labels !== undefined) Object.freeze(statement.labels)
  return Object.freeze(statement)
}

/**
 * Freezes a policy through and through, so that what decide() compiled cannot drift from what it was given.
 */
export const definePolicy = (policy: Policy): Policy => {
  for (const role of Object.values(policy.roles)) {
    role.statements.forEach(freezeStatement)
    Object.freeze(role.statements)
    Object.freeze(role)
  }
  policy.everyone?.forEach(freezeStatement)
  Object.freeze(policy.everyone)
  Object.freeze(policy.roles)
  return Object.freeze(policy)
}
