import type { Connection } from '@chartward/db'
import { ID_SLACK_MS, idFloor } from '../audit/entry-filter.ts'
import { OPENED } from './kinds.ts'

/**
 * How many charts each person has opened since a moment, the most first. A chart counts once for each person,
 * however much of it they have looked at; whoever has found a patient in a list or a search has opened none,
 * nor has a patient who reads their own.
 * The one place where charts opened are counted: every figure of them is made of these.
 */
export const chartsOpened = (
  sql: Connection['sql'],
  since: Date,
): Promise<{ actorId: string; charts: number }[]> => sql`
  select actor_id as "actorId", count(distinct patient_id)::integer as charts from audit_entries
  where id >= ${idFloor(since.getTime() - ID_SLACK_MS)} and at > ${since.toISOString()}
    and outcome = 'success' and action in ${sql([...OPENED])} and actor_id is not null
    and actor_id not in (select id::text from users where kind = 'patient')
  group by actor_id order by charts desc, actor_id`
