import { type Connection, schema, type Transaction } from '@chartward/db'
import { FLOORS, type Permission, rolesAllowing, type UserId } from '@chartward/policy'
import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { countOf, usableFactors } from '../auth/usable-factors.ts'

interface Standing {
  readonly assignmentId: string
  readonly userId: UserId
}

/**
 * Who holds, without an end in sight, a role of these (`assignmentKey`) and can sign in: the account is
 * active and has a factor. A role that will end by itself holds no floor up.
 */
const standing = async (
  tx: Connection,
  app: Pick<App, 'vouching'>,
  roles: readonly string[],
  now: Date,
): Promise<Standing[]> => {
  const { roleAssignments: a, users: u } = schema
  const rows = await tx.orm
    .select()
    .from(a)
    .innerJoin(u, eq(u.id, a.userId))
    .where(
      and(
        inArray(sql`${a.role} || coalesce('@' || ${a.roleVersion}, '')`, [...roles]),
        lte(a.startsAt, now),
        isNull(a.endsAt),
        eq(u.status, 'active'),
      ),
    )
  const held = new Map<string, Standing>()
  for (const { role_assignments: assignment, users: user } of rows) {
    // Whoever can write rows makes nobody who holds a floor up.
    const counts =
      (await app.vouching.admits('role-assignment', assignment)) &&
      (await app.vouching.admits('user', user)) &&
      (await canSignIn(tx, app, user.id))
    if (counts) held.set(assignment.id, { assignmentId: assignment.id, userId: user.id })
  }
  return [...held.values()]
}

const canSignIn = async (tx: Connection, app: Pick<App, 'vouching'>, userId: UserId): Promise<boolean> => {
  const factors = await usableFactors(tx, app, userId)
  return factors !== null && countOf(factors) > 0
}

const peopleOf = (held: readonly Standing[]): Set<UserId> => new Set(held.map(({ userId }) => userId))

/**
 * Throws CONFLICT where what leaves would take the installation below a floor. The caller acts one at a time
 * (`oneAtATime`), so of two who would each leave enough the second finds that out here.
 */
export const requireFloors = async (
  tx: Connection,
  app: App,
  isLeaving: (held: Standing, permission: Permission) => boolean,
): Promise<void> => {
  const policy = await app.policies.inForce()
  for (const { permission, least, people } of FLOORS) {
    const held = await standing(tx, app, rolesAllowing(policy, permission), app.clock())
    const left = peopleOf(held.filter((one) => !isLeaving(one, permission)))
    if (left.size >= least || left.size === peopleOf(held).size) continue
    throw new ChartwardError('CONFLICT', `This would leave fewer than ${people} who can sign in.`)
  }
}

/**
 * Whether nobody of a floor but the actor would be left without the subject: that is not for one to decide.
 */
export const isLastOther = async (
  tx: Transaction,
  app: App,
  { subject, actor }: { readonly subject: UserId; readonly actor: UserId },
): Promise<boolean> => {
  const policy = await app.policies.inForce()
  for (const { permission } of FLOORS) {
    const people = peopleOf(await standing(tx, app, rolesAllowing(policy, permission), app.clock()))
    if (people.delete(subject) && ![...people].some((one) => one !== actor)) return true
  }
  return false
}
