import type { ActivityInput, ActivityOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { holds } from '../../guard/holds.ts'
import { BUCKET_MS, bucketOf, bucketsBetween } from '../audit/buckets.ts'
import { CHANGES, VIEWS } from './kinds.ts'

/** Whoever sees one of these looks after the whole house. */
const WHOLE = ['home:accounts:read', 'home:oversight:read', 'home:security:read', 'home:log:read'] as const

/**
 * Accesses over time, from the sequencer's roll-up, which knows no patient: one's own, and the whole house's
 * for those who look after accounts or oversee.
 */
export const activity = async ({
  ctx,
  input: { bucket, days },
}: {
  ctx: VerbContext<'home.viewed'>
  input: ActivityInput
}): Promise<ActivityOutput> => {
  const { sql } = ctx.app.db
  const to = new Date(bucketOf(bucket, ctx.app.clock()) + BUCKET_MS[bucket])
  const from = new Date(to.getTime() - days * BUCKET_MS.day)
  const byStart = new Map(
    bucketsBetween(bucket, from, to).map((start) => [
      start,
      { at: new Date(start).toISOString(), views: 0, changes: 0, refused: 0 },
    ]),
  )
  const whole = WHOLE.some((permission) => holds(ctx, permission))
  const rows = await sql<{ at: string; action: string; outcome: string; count: string }[]>`
    select date_trunc(${bucket}, hour, 'UTC') as at, action, outcome, sum(count) as count from audit_hourly
    where hour >= ${from.toISOString()} and hour < ${to.toISOString()} and outcome in ('success', 'refused')
      ${whole ? sql`` : sql`and actor_id = ${ctx.user.id}`}
    group by 1, 2, 3`
  for (const { at, action, outcome, count } of rows) {
    const found = byStart.get(new Date(at).getTime())
    if (found === undefined) continue
    if (outcome === 'refused') found.refused += Number(count)
    else if (VIEWS.has(action)) found.views += Number(count)
    else if (CHANGES.has(action)) found.changes += Number(count)
  }
  return { buckets: [...byStart.values()] }
}
