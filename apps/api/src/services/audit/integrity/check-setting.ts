import type { Connection } from '@chartward/db'
import { madeAt } from '../../../core/ids.ts'
import type { Findings } from './findings.ts'

/** How far two machines' clocks may differ, and how far ahead of the reader's a time may be. */
const SKEW_MS = 5 * 60 * 1000
const AHEAD_MS = 60 * 60 * 1000

interface HeadTimes {
  readonly updated: string
  readonly signed: string | null
  /** The last entry, and the last that the checkpoint covers. */
  readonly last: string | null
  readonly covered: string | null
}

/** Names a head that claims to be older than what it covers, or to be of the future. */
export const checkHeadTimes = async (
  sql: Connection['sql'],
  now: Date,
  findings: Findings,
): Promise<void> => {
  const [row] = await sql<HeadTimes[]>`
    select updated_at as updated, signed_at as signed,
      (select entry_id from audit_leaves where index = size - 1) as last,
      (select entry_id from audit_leaves where index = checkpoint_size - 1) as covered
    from audit_head where id = 1`
  if (row === undefined) return
  const fits = (time: string | null, entryId: string | null): boolean => {
    if (entryId === null) return true
    const at = time === null ? Number.NaN : new Date(time).getTime()
    const made = madeAt(entryId)
    return at >= made - SKEW_MS && at <= Math.max(now.getTime(), made) + AHEAD_MS
  }
  const wrong = 'is before the last entry that it is about was made, or in the future'
  if (!fits(row.updated, row.last)) findings.add('head-time', `updated_at ${wrong}`)
  if (!fits(row.signed, row.covered)) findings.add('head-time', `signed_at ${wrong}`)
}

/**
 * Names the months of the log whose partition is not in its place: from the first entry's to the next one,
 * and on to the last that is there.
 */
export const checkPartitions = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const [first] = await sql<{ entry_id: string }[]>`
    select entry_id from audit_leaves order by index limit 1`
  const from = first === undefined ? null : new Date(madeAt(first.entry_id)).toISOString()
  const rows = await sql<{ name: string; there: boolean }[]>`
    with tables as (
      select c.oid, c.relname as name, exists (
          select from pg_inherits where inhrelid = c.oid and inhparent = 'public.audit_entries'::regclass) as attached
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname ~ '^audit_entries_[0-9]{4}_[0-9]{2}$'
    ), months as (
      select 'audit_entries_' || to_char(month, 'YYYY_MM') as name from generate_series(
        date_trunc('month', coalesce(${from}::timestamptz, now()) at time zone 'UTC'),
        greatest(date_trunc('month', now() at time zone 'UTC') + interval '1 month',
          (select to_timestamp(max(right(name, 7)), 'YYYY_MM') at time zone 'UTC' from tables)),
        interval '1 month') month
    )
    select name, oid is not null as there from months full join tables using (name)
    where attached is not true order by name`
  for (const { name, there } of rows) {
    const detail = there ? `${name} is no part of audit_entries any more` : `${name} is gone`
    findings.add('partition-missing', detail)
  }
}
