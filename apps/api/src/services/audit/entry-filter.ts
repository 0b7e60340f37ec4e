import type { EntryFilters } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { actionsNamed, actionsOf, READS } from './reads.ts'

type Sql = Connection['sql']

/**
 * An entry's id begins with the time at which it was made, and `at` is set beside it; this is how far the two
 * may lie apart. It lets a search by time skip whole months, and start at the right place of one.
 */
export const ID_SLACK_MS = 60 * 60 * 1000

/** The lowest UUIDv7 of a moment (RFC 9562 section 5.7). */
export const idFloor = (ms: number): string => {
  const time = Math.max(0, Math.trunc(ms)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

/** How far back is looked for what no index leads to, where nobody has named a day: a month. */
const UNTOLD_DAYS = 31
const DAY_MS = 86_400_000

/** What is narrowed by, with the moment that the search looks back to where nobody has named one. */
export interface Narrowed {
  readonly filters: EntryFilters
  readonly lookedBackTo: Date | null
}

const isNarrow = ({ actorId, patientId, requestId, resourceId, ip }: EntryFilters): boolean =>
  [actorId, patientId, requestId, resourceId, ip].some((value) => value !== undefined)

/**
 * Sees to it that a search has an index to go by. Actor, patient, request, resource and address have one; a
 * session is one person's, so theirs leads to it. One that the database does not know has none: where that is
 * all that is asked for, and from no day on, the last month is looked through and the answer says so.
 */
export const narrowed = async (sql: Sql, filters: EntryFilters, now: Date): Promise<Narrowed> => {
  const { sessionId, from, to } = filters
  if (sessionId === undefined || isNarrow(filters)) return { filters, lookedBackTo: null }
  const [session] = await sql<{ user_id: UserId }[]>`select user_id from sessions where id = ${sessionId}`
  if (session !== undefined) return { filters: { ...filters, actorId: session.user_id }, lookedBackTo: null }
  if (from !== undefined) return { filters, lookedBackTo: null }
  const date = new Date((to?.date ?? now).getTime() - UNTOLD_DAYS * DAY_MS)
  return { filters: { ...filters, from: { text: date.toISOString(), date } }, lookedBackTo: date }
}

/** Conditions on the columns that `audit_entries` and `audit_hourly` both have, each led by `and`. */
export const countedFilter = (
  sql: Sql,
  { actorId, action, category, outcome, text, hideOwnReads }: EntryFilters,
  readerId: UserId,
) => sql`
  ${actorId === undefined ? sql`` : sql`and actor_id = ${actorId}`}
  ${action === undefined ? sql`` : sql`and action = ${action}`}
  ${category === undefined ? sql`` : sql`and action = any(${actionsOf(category)})`}
  ${text === undefined ? sql`` : sql`and action = any(${actionsNamed(text)})`}
  ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
  ${
    hideOwnReads === true
      ? sql`and (actor_id is distinct from ${readerId} or action <> all(${[...READS]}))`
      : sql``
  }`

/** All conditions on `audit_entries`, each led by `and`. */
export const entryFilter = (sql: Sql, filters: EntryFilters, readerId: UserId) => {
  const { from, to, patientId, resourceType, resourceId, sessionId, requestId, ip } = filters
  return sql`
    ${from === undefined ? sql`` : sql`and at >= ${from.text} and id >= ${idFloor(from.date.getTime() - ID_SLACK_MS)}`}
    ${to === undefined ? sql`` : sql`and at < ${to.text} and id < ${idFloor(to.date.getTime() + ID_SLACK_MS)}`}
    ${countedFilter(sql, filters, readerId)}
    ${
      patientId === undefined
        ? sql``
        : sql`and id in (
      select id from audit_entries where patient_id = ${patientId}
      union all select entry_id from audit_entry_patients where patient_id = ${patientId})`
    }
    ${resourceType === undefined ? sql`` : sql`and resource_type = ${resourceType}`}
    ${resourceId === undefined ? sql`` : sql`and resource_id = ${resourceId}`}
    ${sessionId === undefined ? sql`` : sql`and session_id = ${sessionId}`}
    ${requestId === undefined ? sql`` : sql`and request_id = ${requestId}`}
    ${ip === undefined ? sql`` : sql`and ip = ${ip}`}`
}
