import type { OversightInput, OversightOutput } from '@chartward/contract'
import { readHead } from '../../audit/log/head.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { userNames } from '../users/names.ts'
import { chartsOpened } from './charts-opened.ts'
import { countedSince, sumOf } from './counted.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const TOP = 5
const MOST_EXCEEDED = 50

/** What a privacy officer has to look at; of the last 24 hours where no list is led to. */
export const oversight = async ({
  ctx: { app },
  input,
}: {
  ctx: VerbContext<'home.viewed'>
  input: OversightInput
}): Promise<OversightOutput> => {
  const { sql } = app.db
  const dayAgo = new Date(app.clock().getTime() - DAY_MS)
  const since = dayAgo.toISOString()
  const [counts] = await sql<{ waiting: number; quarantined: number; missing: number }[]>`
    select
      (select count(*)::integer from export_requests where status = 'requested') as waiting,
      (select count(*)::integer from audit_quarantine) as quarantined,
      (select count(*)::integer from audit_gaps where named_at is not null) as missing`
  const opened = await chartsOpened(sql, dayAgo)
  const viewers = opened.slice(0, TOP)
  const exceeded = await sql<{ actor_id: string; explained: number }[]>`
    select actor_id, coalesce(sum(count) filter (where action = 'access.explained'), 0)::integer as explained
    from audit_hourly where hour > ${since} and outcome = 'success' and action in ('access.exceeded', 'access.explained')
    group by actor_id order by actor_id limit ${MOST_EXCEEDED}`
  const names = await userNames({ sql }, [
    ...viewers.map(({ actorId }) => actorId),
    ...exceeded.map(({ actor_id }) => actor_id),
  ])
  const head = await readHead(sql)
  return {
    exportsWaiting: counts?.waiting ?? 0,
    refusals: sumOf(await countedSince(sql, input.since.date), ({ outcome }) => outcome === 'refused'),
    exceeded24h: exceeded.map(({ actor_id, explained }) => ({
      name: names.get(actor_id) ?? actor_id,
      explained,
    })),
    chartsOpened24h: opened.reduce((sum, { charts }) => sum + charts, 0),
    head: { size: head?.size ?? 0, signedAt: head?.signedAt?.toISOString() ?? null },
    quarantined: counts?.quarantined ?? 0,
    missing: counts?.missing ?? 0,
    topViewers: viewers.map(({ actorId, charts }) => ({
      name: names.get(actorId) ?? actorId,
      count: charts,
    })),
  }
}
