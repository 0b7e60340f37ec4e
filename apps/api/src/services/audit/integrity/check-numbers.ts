import { AuditError, mergeRanges, missingRanges, type NumberRange, parseEntry } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { storedEntries } from '../../../audit/log/stored-entries.ts'
import type { IsOwn } from './check-entry-row.ts'
import type { Findings } from './findings.ts'

const PAGE = 1_000

interface Writer {
  ranges: NumberRange[]
  settled: number
}
type Writers = Map<string, Writer>

/**
 * Counts the numbers of each process's entries anew, from the entries, and names those that a process
 * committed and the log does not have. Entries that wait, or were put out of the log's order, count: others
 * of these checks name what is wrong with them. So do numbers that the sequencer has seen, where a leaf has
 * lost its entry, which is named by its leaf.
 */
export const checkNumbers = async (
  sql: Connection['sql'],
  { size, isOwn, findings }: { readonly size: number; readonly isOwn: IsOwn; readonly findings: Findings },
): Promise<void> => {
  const writers: Writers = new Map()
  let counted = 0
  for (let from = 0; from < size; from += PAGE) {
    const ids = await sql<{ entry_id: EntryId }[]>`
      select entry_id from audit_leaves where index >= ${from} and index < ${Math.min(from + PAGE, size)}`
    counted += await count(
      sql,
      ids.map((row) => row.entry_id),
      isOwn,
      writers,
    )
  }
  if (missingOf(writers).length === 0) return
  await countOthers(sql, size, isOwn, writers)
  if (counted < size) await countSeen(sql, writers)
  for (const { process, range } of missingOf(writers)) {
    const [first, last] = range
    const which = first === last ? `entry ${first}` : `entries ${first} to ${last}`
    findings.add('number-missing', `${which} of process ${process}: committed, and kept from the log`)
  }
}

/** Counts entries by their ids, and gives how many of them there are. */
const count = async (
  sql: Connection['sql'],
  ids: readonly EntryId[],
  isOwn: IsOwn,
  writers: Writers,
): Promise<number> => {
  let counted = 0
  for (const { bytes, mac } of (await storedEntries(sql, ids)).values()) {
    if (isOwn !== null && !isOwn(bytes, mac)) continue
    const writer = writerOf(bytes)
    if (writer === null) continue
    counted++
    const known = writers.get(writer.process) ?? { ranges: [], settled: 0 }
    writers.set(writer.process, known)
    known.ranges.push([writer.number, writer.number], ...writer.void)
    known.settled = Math.max(known.settled, writer.settled)
  }
  for (const known of writers.values()) known.ranges = mergeRanges(known.ranges)
  return counted
}

const writerOf = (bytes: Uint8Array) => {
  try {
    return parseEntry(bytes).writer
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

const missingOf = (writers: Writers): { process: string; range: NumberRange }[] =>
  [...writers].flatMap(([process, { ranges, settled }]) =>
    missingRanges(ranges, settled).map((range) => ({ process, range })),
  )

/** Entries that are not in the order yet, and then those that have come into it meanwhile. */
const countOthers = async (
  sql: Connection['sql'],
  size: number,
  isOwn: IsOwn,
  writers: Writers,
): Promise<void> => {
  const waiting = await sql<{ id: EntryId }[]>`
    select id from audit_entries e where not exists (select from audit_leaves l where l.entry_id = e.id)`
  const since = await sql<{ id: EntryId }[]>`select entry_id as id from audit_leaves where index >= ${size}`
  const ids = [...waiting, ...since].map(({ id }) => id)
  for (let at = 0; at < ids.length; at += PAGE) await count(sql, ids.slice(at, at + PAGE), isOwn, writers)
}

/** The numbers that the sequencer has seen go into the log. */
const countSeen = async (sql: Connection['sql'], writers: Writers): Promise<void> => {
  const rows = await sql<{ process: string; first: string; last: string }[]>`
    select process, lower(range) as first, upper(range) - 1 as last
    from audit_writers cross join lateral unnest(seen) as range where process = any(${[...writers.keys()]}::uuid[])`
  for (const { process, first, last } of rows)
    writers.get(process)?.ranges.push([Number(first), Number(last)])
  for (const known of writers.values()) known.ranges = mergeRanges(known.ranges)
}
