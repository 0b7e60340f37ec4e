import type { SearchEntriesInput, SearchEntriesOutput } from '@chartward/contract'
import { type EntryRow, entryColumns, storedEntry } from '../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { entryFilter, narrowed } from './entry-filter.ts'
import { auditRows } from './entry-view.ts'

/** By time, newest or oldest first, a page at a time; each page costs the same, however far into the log. */
export const searchEntries = async ({
  ctx: { app, user, entry },
  input: { cursor, limit, order, ...asked },
}: {
  ctx: VerbContext<'audit.searched'>
  input: SearchEntriesInput
}): Promise<SearchEntriesOutput> => {
  const { sql } = app.db
  const oldest = order === 'oldest-first'
  const { filters, lookedBackTo } = await narrowed(sql, asked, app.clock())
  const found = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from audit_entries where true
      ${entryFilter(sql, filters, user.id)}
      ${cursor === undefined ? sql`` : oldest ? sql`and id > ${cursor}` : sql`and id < ${cursor}`}
    order by audit_entries.id ${oldest ? sql`asc` : sql`desc`} limit ${limit + 1}`
  const page = found.slice(0, limit)
  const items = await auditRows(sql, page.map(storedEntry))
  entry.shown({
    count: items.length,
    patientId: asked.patientId ?? null,
    resource: { type: 'AuditEntry', id: null },
  })
  return {
    items,
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    lookedBackTo: lookedBackTo?.toISOString() ?? null,
  }
}
