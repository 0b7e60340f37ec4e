import type { Need } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, asc, isNull, lte, ne } from 'drizzle-orm'
import { ESCALATIONS } from '../break-glass/escalate.ts'
import { type GrantRow, isOpen } from '../break-glass/view.ts'
import { personOf, userNames } from '../users/names.ts'
import { type Feed, MOST, type NeedsContext } from './room.ts'

const { breakGlassGrants: grants } = schema

/** Uses of others that nobody has reviewed since `before` at least, and that are vouched for. */
const unreviewed = async (
  { app: { db, vouching }, user }: NeedsContext,
  before: Date,
): Promise<GrantRow[]> => {
  const rows = await db.orm
    .select()
    .from(grants)
    .where(and(isNull(grants.verdict), ne(grants.userId, user.id), lte(grants.startsAt, before)))
    .orderBy(asc(grants.startsAt))
    .limit(MOST)
  const admitted = await Promise.all(rows.map((row) => vouching.admits('break-glass', row)))
  return rows.filter((_, at) => admitted[at])
}

/** Each use of break-glass, from its beginning on: it is looked at, and ended where it has to be. */
export const breakGlassReviews: Feed = {
  permissions: ['care:break-glass:list', 'care:break-glass:review'],
  needs: async (ctx) => {
    const now = ctx.app.clock()
    const rows = await unreviewed(ctx, now)
    const names = await userNames(
      ctx.app.db,
      rows.map(({ userId }) => userId),
    )
    return rows.map(
      (row): Need => ({
        kind: 'break-glass',
        room: 'break-glass',
        id: row.id,
        what: isOpen(row, now) ? 'open' : null,
        whom: personOf(names, row.userId),
        by: null,
        since: row.startsAt.toISOString(),
        due: new Date(row.startsAt.getTime() + ESCALATIONS[0].afterMs).toISOString(),
      }),
    )
  },
}

/**
 * Told that a use waits for its review for too long, and not whose chart it was: they ask those who review.
 */
const waitingFor = (permission: Feed['permissions'][0], sinceMs: number): Feed => ({
  permissions: ['account:user:read', permission],
  needs: async (ctx) => {
    const rows = await unreviewed(ctx, new Date(ctx.app.clock().getTime() - sinceMs))
    const byUser = Map.groupBy(rows, ({ userId }) => userId)
    const names = await userNames(ctx.app.db, [...byUser.keys()])
    return [...byUser].map(
      ([userId, [first]]): Need => ({
        kind: 'break-glass-waiting',
        room: 'users',
        id: userId,
        what: null,
        whom: personOf(names, userId),
        by: null,
        since: (first?.startsAt ?? ctx.app.clock()).toISOString(),
        due: null,
      }),
    )
  },
})

export const breakGlassWaitsForADay: Feed = waitingFor('home:security:read', ESCALATIONS[0].afterMs)
export const breakGlassWaitsForDays: Feed = waitingFor('home:accounts:read', ESCALATIONS[1].afterMs)
