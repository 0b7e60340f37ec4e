import type { AccountThen } from '@chartward/contract'
import { schema } from '@chartward/db'
import { type Actor, heldByPatient, type Policy, type UserId } from '@chartward/policy'
import { inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { OwnAccount } from '../../sessions/own-account.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { accountsThen } from './account-then.ts'

const { roleAssignments, users } = schema

/** Who somebody was at a moment. */
export interface StandingThen {
  readonly displayName: string
  readonly account: AccountThen
  /** With all assignments that there ever were: decide() looks at their dates. */
  readonly actor: Actor
  readonly assignments: readonly RowOf<'role-assignment'>[]
}

/** The policy in force, with every role that one of these people held: what their own next request has. */
export const policyFor = (
  { policies }: Pick<App, 'policies'>,
  people: readonly StandingThen[],
): Promise<Policy> => policies.inForce(people.flatMap(({ actor }) => actor.roles))

/**
 * What decide() is to be told of these people as of a moment. Whose rows are not all vouched for holds
 * nothing, as at any request of theirs. `own` is the account of the patient who is asked about.
 */
export const standingsThen = async (
  app: App,
  userIds: readonly UserId[],
  at: Date,
  own: OwnAccount | null,
): Promise<ReadonlyMap<UserId, StandingThen>> => {
  const { orm } = app.db
  const [people, assigned, accounts] = await Promise.all([
    orm
      .select()
      .from(users)
      .where(inArray(users.id, [...userIds])),
    orm
      .select()
      .from(roleAssignments)
      .where(inArray(roleAssignments.userId, [...userIds])),
    at < app.clock() ? accountsThen(app, userIds, at) : null,
  ])
  const byUser = Map.groupBy(assigned, ({ userId }) => userId)
  const standings = new Map<UserId, StandingThen>()
  for (const user of people) {
    // Of patients' accounts one is spoken of alone: that of the patient who is asked about.
    if (user.kind === 'patient' && own?.userId !== user.id) continue
    const all = byUser.get(user.id) ?? []
    const counts =
      (await app.vouching.admits('user', user)) &&
      (await app.vouching.admitsAll('role-assignment', user.id, all))
    const assignments = counts ? all : []
    standings.set(user.id, {
      displayName: user.displayName,
      account: accounts === null ? user.status : (accounts.get(user.id) ?? 'none'),
      assignments,
      actor: {
        kind: 'user',
        id: user.id,
        roles:
          user.kind === 'patient'
            ? [heldByPatient(user.id)]
            : assignments.map(({ id, role, roleVersion, startsAt, endsAt }) => ({
                name: role,
                version: roleVersion,
                assignmentId: id,
                startsAt,
                endsAt,
              })),
        patientId: counts && user.kind === 'patient' ? (own?.patientId ?? null) : null,
      },
    })
  }
  return standings
}
