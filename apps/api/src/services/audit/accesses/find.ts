import { ACCESS_ACTIONS, type PrintAccessesInput } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import type { EntryId, PatientId } from '@chartward/policy'
import {
  type EntryRow,
  entryColumns,
  type StoredEntry,
  storedEntry,
} from '../../../audit/log/stored-entries.ts'
import { ID_SLACK_MS, idFloor } from '../entry-filter.ts'

type Sql = Connection['sql']

/** Which accesses of a patient: all that `input` narrows nothing of. */
export type Wanted = Omit<PrintAccessesInput, 'patientId'> & {
  readonly patientId: PatientId
  /** Those alone in which something was shown. */
  readonly shown?: true
}

/**
 * Conditions on an entry, each led by `and`: the same in both places where a patient can stand in an entry.
 */
const fits = (sql: Sql, { from, to, actorId, action, shown }: Wanted) => sql`
  and e.action = any(${action === undefined ? [...ACCESS_ACTIONS] : [action]})
  ${shown === undefined ? sql`` : sql`and e.outcome = 'success'`}
  ${from === undefined ? sql`` : sql`and e.at >= ${from.text} and e.id >= ${idFloor(from.date.getTime() - ID_SLACK_MS)}`}
  ${to === undefined ? sql`` : sql`and e.at < ${to.text} and e.id < ${idFloor(to.date.getTime() + ID_SLACK_MS)}`}
  ${actorId === undefined ? sql`` : sql`and e.actor_id = ${actorId}`}`

/**
 * The entry of a row of `audit_entry_patients`, looked up by its id. The offset keeps the planner from
 * joining the other way round, which walks through the whole log beside the patient's rows.
 */
const entryOf = (sql: Sql) =>
  sql`cross join lateral (select * from audit_entries where id = p.entry_id offset 0) e`

/**
 * The accesses before an entry, newest first: entries of the patient alone, and lists in which the patient
 * stood among others. Each half goes by its own index and gives up after `limit`, so that a page costs the
 * same however many there are.
 */
export const findAccesses = async (
  sql: Sql,
  wanted: Wanted,
  { before, limit }: { readonly before: EntryId | null; readonly limit: number },
): Promise<StoredEntry[]> => {
  const { patientId } = wanted
  const found = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from (
      (select e.* from audit_entries e
        where e.patient_id = ${patientId} ${before === null ? sql`` : sql`and e.id < ${before}`} ${fits(sql, wanted)}
        order by e.id desc limit ${limit})
      union
      (select e.* from audit_entry_patients p ${entryOf(sql)}
        where p.patient_id = ${patientId} ${before === null ? sql`` : sql`and p.entry_id < ${before}`} ${fits(sql, wanted)}
        order by p.entry_id desc limit ${limit})
    ) accesses order by id desc limit ${limit}`
  return found.map(storedEntry)
}

/** How often somebody saw the patient, or tried to. */
export interface ViewerRow {
  readonly kind: string
  readonly id: string | null
  readonly shown: number
  readonly refused: number
  readonly asked: number
  readonly failed: number
  readonly firstAt: string
  readonly lastAt: string
}

/** Everybody among the accesses, the latest first. */
export const findViewers = (sql: Sql, wanted: Wanted): Promise<ViewerRow[]> => {
  const { patientId } = wanted
  const columns = sql`e.id, e.actor_kind, e.actor_id, e.outcome, e.at`
  return sql<ViewerRow[]>`
    select actor_kind as kind, actor_id as id,
      count(*) filter (where outcome = 'success')::integer as shown,
      count(*) filter (where outcome = 'refused')::integer as refused,
      count(*) filter (where outcome = 'asked')::integer as asked,
      count(*) filter (where outcome = 'failure')::integer as failed,
      min(at) as "firstAt", max(at) as "lastAt"
    from (
      select ${columns} from audit_entries e where e.patient_id = ${patientId} ${fits(sql, wanted)}
      union
      select ${columns} from audit_entry_patients p ${entryOf(sql)}
        where p.patient_id = ${patientId} ${fits(sql, wanted)}
    ) accesses group by 1, 2 order by max(at) desc`
}
