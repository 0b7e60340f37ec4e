import type { AccountsOutput } from '@chartward/contract'
import { titleOf } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { kindsDecidedWith } from '../approvals/kinds.ts'
import { BUCKET_MS, bucketOf, bucketsBetween } from '../audit/buckets.ts'
import { hasUsableFactor } from '../auth/usable-factors.ts'
import { SIGN_IN_STEPS, SIGNED_IN } from './kinds.ts'

const SOON_MS = 30 * BUCKET_MS.day
const SIGN_IN_DAYS = 14
const MOST_EXPIRING = 50

/** What an administrator has to look after. Nothing of it concerns a patient. */
export const accounts = async ({
  ctx: { app, policy },
}: {
  ctx: VerbContext<'home.viewed'>
}): Promise<AccountsOutput> => {
  const { sql } = app.db
  const now = app.clock()
  const [counts] = await sql<{ invited: number; active: number; without_mfa: number; pending: number }[]>`
    select
      (select count(*)::integer from users where kind = 'workforce' and status = 'invited') as invited,
      (select count(*)::integer from users where kind = 'workforce' and status = 'active') as active,
      (select count(*)::integer from users u where kind = 'workforce' and status = 'active'
        and not ${hasUsableFactor(sql)}) as without_mfa,
      (select count(*)::integer from approvals where status = 'pending' and expires_at > ${now.toISOString()}
        and kind in ${sql(kindsDecidedWith('access:approval:decide'))}) as pending`
  const expiring = await sql<{ display_name: string; role: string; ends_at: string }[]>`
    select u.display_name, a.role, a.ends_at from role_assignments a join users u on u.id = a.user_id
    where a.ends_at > ${now.toISOString()} and a.ends_at <= ${new Date(now.getTime() + SOON_MS).toISOString()}
      and u.status <> 'deactivated'
    order by a.ends_at limit ${MOST_EXPIRING}`
  return {
    space: await app.space.level(),
    invited: counts?.invited ?? 0,
    active: counts?.active ?? 0,
    withoutMfa: counts?.without_mfa ?? 0,
    pendingApprovals: counts?.pending ?? 0,
    expiringAssignments: expiring.map(({ display_name: user, role, ends_at }) => ({
      user,
      role: titleOf(policy, { name: role }),
      endsAt: new Date(ends_at).toISOString(),
    })),
    signIns: await signInsPerDay(sql, now),
  }
}

const signInsPerDay = async (
  sql: VerbContext['app']['db']['sql'],
  now: Date,
): Promise<AccountsOutput['signIns']> => {
  const to = new Date(bucketOf('day', now) + BUCKET_MS.day)
  const from = new Date(to.getTime() - SIGN_IN_DAYS * BUCKET_MS.day)
  const byDay = new Map(
    bucketsBetween('day', from, to).map((start) => [
      start,
      { at: new Date(start).toISOString(), success: 0, failure: 0 },
    ]),
  )
  const rows = await sql<{ at: string; action: string; outcome: string; count: string }[]>`
    select date_trunc('day', hour, 'UTC') as at, action, outcome, sum(count) as count from audit_hourly
    where hour >= ${from.toISOString()} and hour < ${to.toISOString()} and action in ${sql([...SIGN_IN_STEPS])}
    group by 1, 2, 3`
  for (const { at, action, outcome, count } of rows) {
    const day = byDay.get(new Date(at).getTime())
    if (day === undefined) continue
    // A right password alone has signed nobody in.
    if (outcome !== 'success') day.failure += Number(count)
    else if (SIGNED_IN.has(action)) day.success += Number(count)
  }
  return [...byDay.values()]
}
