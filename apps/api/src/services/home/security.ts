import type { SecurityInput, SecurityOutput } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { type Policy, privilegedRoles, titleOf } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { BUCKET_MS, bucketOf, bucketsBetween } from '../audit/buckets.ts'
import { countOpenSessions } from '../sessions/list.ts'
import { filterAccounts } from '../users/facets.ts'
import { countedSince, sumOf } from './counted.ts'
import { SIGN_IN_STEPS } from './kinds.ts'

const WEEK_MS = 7 * BUCKET_MS.day

/**
 * What a security officer looks at in the morning. Each figure is that of the list which it leads to: counted
 * in the same way, or by the same code.
 */
export const security = async ({
  ctx: { app, policy },
  input: { since },
}: {
  ctx: VerbContext<'home.viewed'>
  input: SecurityInput
}): Promise<SecurityOutput> => {
  const { sql } = app.db
  const now = app.clock()
  const counted = await countedSince(sql, since.date)
  const { counts } = filterAccounts(await app.reads.accounts.all(), {})
  return {
    lockdowns: counts.status.suspended ?? 0,
    lockouts: sumOf(counted, ({ action }) => action === 'auth.lockout'),
    failedSignIns: sumOf(counted, ({ action, outcome }) => outcome === 'failure' && isSignIn(action)),
    hours: await failedPerHour(sql, since.date, now),
    sessionsOpen: await countOpenSessions(app),
    privileged: privilegedOf(policy, counts.role),
    keys: await keysInForce(sql),
  }
}

const isSignIn = (action: string): boolean => SIGN_IN_STEPS.some((step) => step === action)

const privilegedOf = (
  policy: Policy,
  people: Readonly<Record<string, number>>,
): SecurityOutput['privileged'] =>
  privilegedRoles(policy).map((role) => ({
    role,
    title: titleOf(policy, { name: role }),
    people: people[role] ?? 0,
  }))

/** Steps of signing in that failed, per hour, and those of the same hours a week before. */
const failedPerHour = async (
  sql: Connection['sql'],
  since: Date,
  now: Date,
): Promise<SecurityOutput['hours']> => {
  const to = new Date(bucketOf('hour', now) + BUCKET_MS.hour)
  const hours = new Map(
    bucketsBetween('hour', since, to).map((start) => [
      start,
      { at: new Date(start).toISOString(), failed: 0, before: 0 },
    ]),
  )
  const rows = await sql<{ hour: string; count: string }[]>`
    select hour, sum(count) as count from audit_hourly
    where hour >= ${new Date(bucketOf('hour', since) - WEEK_MS).toISOString()} and hour < ${to.toISOString()}
      and outcome = 'failure' and action in ${sql([...SIGN_IN_STEPS])}
    group by 1`
  for (const { hour, count } of rows) {
    const at = new Date(hour).getTime()
    const [here, weekLater] = [hours.get(at), hours.get(at + WEEK_MS)]
    if (here !== undefined) here.failed += Number(count)
    if (weekLater !== undefined) weekLater.before += Number(count)
  }
  return [...hours.values()]
}

/** The keys in force, the oldest first. Patients' keys are each as old as their first record. */
const keysInForce = async (sql: Connection['sql']): Promise<SecurityOutput['keys']> => {
  const rows = await sql<{ purpose: string; madeAt: string }[]>`
    select 'kek' as purpose, created_at as "madeAt" from keks where state = 'primary'
    union all select purpose, created_at from system_keys where state = 'primary'
    order by 2, 1`
  return rows.map(({ purpose, madeAt }) => ({ purpose, madeAt: new Date(madeAt).toISOString() }))
}
