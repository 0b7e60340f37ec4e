import {
  type Decision,
  type DecisionResource,
  decide,
  PERMISSIONS,
  type Permission,
  type Policy,
  type Role,
  roleOf,
  type UserId,
} from '@chartward/policy'
import type { Grant } from '../../care/break-glass.ts'
import type { RelationshipTold } from '../../care/relationship.ts'
import type { StandingThen } from './standing-then.ts'

/** Nobody in particular: what is only for others is asked of somebody else. */
const SOMEBODY_ELSE = 'somebody else' as UserId

/** What is decided of somebody, as of a moment, with a factor that is fresh and for somebody else. */
export const decideThen = (
  policy: Policy,
  { actor }: StandingThen,
  asked: {
    readonly permission: Permission
    readonly resource: DecisionResource
    readonly relationship: RelationshipTold | null
    readonly breakGlass: Grant | null
    readonly at: Date
  },
): Decision => {
  const { permission, resource, relationship, breakGlass, at } = asked
  return decide({
    actor,
    permission,
    resource,
    context: { now: at, factorAt: at, relationship, breakGlass, aboutUserId: SOMEBODY_ELSE },
    policy,
  })
}

/** What is asked about where a permission concerns patients and none is named: whatever there is. */
export const anyResource = (permission: Permission): DecisionResource =>
  PERMISSIONS[permission].subject === 'none' ? { kind: 'none' } : { kind: 'patients' }

/**
 * The role, of those that somebody holds, that has a statement, in the version that they hold; null for one
 * that is in force for everyone.
 */
export const roleOfStatement = (policy: Policy, { actor }: StandingThen, statement: string): Role | null => {
  const held = actor.roles.flatMap((ref) => roleOf(policy, ref) ?? [])
  return held.find(({ statements }) => statements.some(({ id }) => id === statement)) ?? null
}
