import type { OversightOutput } from '@chartward/contract'
import { readHead } from '../../audit/log/head.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { userNames } from '../users/names.ts'
import { OPENED, VIEWS } from './kinds.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const TOP = 5
const MOST_EXCEEDED = 50

/** What a privacy officer has to look at; the last 24 hours, in whole hours. */
export const oversight = async ({
  ctx: { app },
}: {
  ctx: VerbContext<'home.viewed'>
}): Promise<OversightOutput> => {
  const { sql } = app.db
  const since = new Date(app.clock().getTime() - DAY_MS).toISOString()
  const views = [...VIEWS]
  const [counts] = await sql<
    { waiting: number; refusals: number; views: number; quarantined: number; missing: number }[]
  >`
    select
      (select count(*)::integer from export_requests where status = 'requested') as waiting,
      (select count(*)::integer from audit_quarantine) as quarantined,
      (select count(*)::integer from audit_gaps where named_at is not null) as missing,
      coalesce(sum(count) filter (where outcome = 'refused'), 0)::integer as refusals,
      coalesce(sum(count) filter (where outcome = 'success' and action in ${sql(views)}), 0)::integer as views
    from audit_hourly where hour > ${since}`
  const viewers = await sql<{ actor_id: string; count: number }[]>`
    select actor_id, sum(count)::integer as count from audit_hourly
    where hour > ${since} and outcome = 'success' and action in ${sql([...OPENED])}
    group by actor_id order by count desc, actor_id limit ${TOP}`
  const exceeded = await sql<{ actor_id: string; explained: number }[]>`
    select actor_id, coalesce(sum(count) filter (where action = 'access.explained'), 0)::integer as explained
    from audit_hourly where hour > ${since} and outcome = 'success' and action in ('access.exceeded', 'access.explained')
    group by actor_id order by actor_id limit ${MOST_EXCEEDED}`
  const names = await userNames(
    { sql },
    [...viewers, ...exceeded].map(({ actor_id }) => actor_id),
  )
  const head = await readHead(sql)
  return {
    exportsWaiting: counts?.waiting ?? 0,
    refusals24h: counts?.refusals ?? 0,
    exceeded24h: exceeded.map(({ actor_id, explained }) => ({
      name: names.get(actor_id) ?? actor_id,
      explained,
    })),
    patientViews24h: counts?.views ?? 0,
    head: { size: head?.size ?? 0, signedAt: head?.signedAt?.toISOString() ?? null },
    quarantined: counts?.quarantined ?? 0,
    missing: counts?.missing ?? 0,
    topViewers: viewers.map(({ actor_id, count }) => ({ name: names.get(actor_id) ?? actor_id, count })),
  }
}
