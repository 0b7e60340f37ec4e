import type { SearchEntriesInput, SearchEntriesOutput } from '@chartward/contract'
import { type EntryRow, entryColumns, storedEntry } from '../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { auditRows } from './entry-view.ts'

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

/** Newest first, a page at a time; each page costs the same, however far back. */
export const searchEntries = async ({
  ctx: { app, entry },
  input,
}: {
  ctx: VerbContext<'audit.searched'>
  input: SearchEntriesInput
}): Promise<SearchEntriesOutput> => {
  const { sql } = app.db
  const { from, to, actorId, patientId, action, outcome, resourceType, requestId, cursor, limit } = input
  const found = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from audit_entries where true
      ${from === undefined ? sql`` : sql`and at >= ${from.text} and id >= ${idFloor(from.date.getTime() - ID_SLACK_MS)}`}
      ${to === undefined ? sql`` : sql`and at < ${to.text} and id < ${idFloor(to.date.getTime() + ID_SLACK_MS)}`}
      ${actorId === undefined ? sql`` : sql`and actor_id = ${actorId}`}
      ${
        patientId === undefined
          ? sql``
          : sql`and id in (
        select id from audit_entries where patient_id = ${patientId}
        union all select entry_id from audit_entry_patients where patient_id = ${patientId})`
      }
      ${action === undefined ? sql`` : sql`and action = ${action}`}
      ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
      ${resourceType === undefined ? sql`` : sql`and resource_type = ${resourceType}`}
      ${requestId === undefined ? sql`` : sql`and request_id = ${requestId}`}
      ${cursor === undefined ? sql`` : sql`and id < ${cursor}`}
    order by audit_entries.id desc limit ${limit + 1}`
  const page = found.slice(0, limit)
  const items = await auditRows(sql, page.map(storedEntry))
  entry.shown({
    count: items.length,
    patientId: patientId ?? null,
    resource: { type: 'AuditEntry', id: null },
  })
  return { items, nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null }
}
