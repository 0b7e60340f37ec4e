import { type AuditEntryBase, AuditError, isAction, parseEntry } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import {
  type EntryRow,
  entryColumns,
  type StoredEntry,
  storedEntry,
} from '../../../audit/log/stored-entries.ts'
import { nilId } from '../../../core/ids.ts'
import { ID_SLACK_MS, idFloor } from '../entry-filter.ts'
import { type PlainAction, plainAction } from './plain-action.ts'

/** An entry as other systems' audit logs have it: these keys, in this order, and no other. */
export interface PlainEntry {
  /** RFC 3339 in UTC with microseconds. */
  readonly timestamp: string
  /** The user's id; `service:NAME` or `system:NAME` for a program; null for nobody. */
  readonly user_id: string | null
  readonly action: PlainAction
  /** Our own name of the action. */
  readonly event_type: string
  readonly resource_type: string
  readonly resource_id: string | null
  readonly patient_id: string | null
  readonly ip_address: string | null
  readonly user_agent: string | null
  readonly success: boolean
  /** The reason that somebody typed; null where there is none, or it can't be read. */
  readonly justification: string | null
}

export interface PlainOptions {
  /** From this moment on. */
  readonly from: Date | null
  /** Up to, and without, this one. */
  readonly to: Date | null
  /** Opens the note that an entry has committed to; null where it can't be read. */
  readonly readNote: (id: EntryId, noteHash: string) => Promise<string | null>
  /** An entry's row was changed: its columns stand for its bytes. */
  readonly onMalformed: () => void
}

/** Entries in memory at a time. */
const PAGE = 1_000

/**
 * The log as one JSON line for each entry, oldest first, up to what is there when it begins; sequenced or
 * not. It goes by the hashed bytes. It proves nothing: what does is the export of the console, and `chartward
 * verify`. `sql` is of any login that may read entries.
 */
export async function* plainLines(sql: Connection['sql'], options: PlainOptions): AsyncIterable<string> {
  const { from, to } = options
  const [last] = await sql<{ id: EntryId | null }[]>`select max(id::text)::uuid as id from audit_entries`
  if (last === undefined || last.id === null) return
  let after: string = from === null ? nilId() : idFloor(from.getTime() - ID_SLACK_MS)
  const end = to === null ? null : idFloor(to.getTime() + ID_SLACK_MS)
  for (;;) {
    const rows = await sql<EntryRow[]>`
      select ${entryColumns(sql)} from audit_entries
      where id > ${after} and id <= ${last.id}
        ${end === null ? sql`` : sql`and id < ${end}`}
        ${from === null ? sql`` : sql`and at >= ${from.toISOString()}`}
        ${to === null ? sql`` : sql`and at < ${to.toISOString()}`}
      order by audit_entries.id limit ${PAGE}`
    for (const row of rows) yield `${JSON.stringify(await plainEntry(storedEntry(row), options))}\n`
    const next = rows.at(-1)
    if (next === undefined || rows.length < PAGE) return
    after = next.id
  }
}

const plainEntry = async (
  { columns, bytes }: StoredEntry,
  { readNote, onMalformed }: PlainOptions,
): Promise<PlainEntry> => {
  const entry = parsed(bytes)
  if (entry === null) {
    onMalformed()
    return fromColumns(columns)
  }
  const { actor, noteHash } = entry
  return {
    timestamp: entry.at,
    user_id: userOf(actor.kind, 'id' in actor ? actor.id : 'name' in actor ? actor.name : null),
    action: plainAction(entry),
    event_type: entry.action,
    resource_type: entry.resource.type,
    resource_id: entry.resource.id,
    patient_id: entry.patientId,
    ip_address: entry.ip,
    user_agent: entry.userAgent,
    success: entry.outcome === 'success',
    justification: noteHash === null ? null : await readNote(columns.id, noteHash),
  }
}

const parsed = (bytes: Uint8Array): AuditEntryBase | null => {
  try {
    return parseEntry(bytes)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

const userOf = (kind: string | null, id: string | null): string | null =>
  id === null || kind === 'user' ? id : `${kind}:${id}`

const OUTCOMES = ['success', 'refused', 'asked'] as const

/** What is left of an entry whose bytes are none. */
const fromColumns = (columns: StoredEntry['columns']): PlainEntry => {
  const { action } = columns
  const outcome = OUTCOMES.find((one) => one === columns.outcome) ?? 'failure'
  return {
    timestamp: columns.at ?? '',
    user_id: userOf(columns.actorKind, columns.actorId),
    action: isAction(action) ? plainAction({ action, outcome, change: null }) : 'UPDATE',
    event_type: action ?? '',
    resource_type: columns.resourceType ?? '',
    resource_id: columns.resourceId,
    patient_id: columns.patientId,
    ip_address: columns.ip,
    user_agent: null,
    success: outcome === 'success',
    justification: null,
  }
}
