import type { InspectedRow } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId, PatientId, SessionId } from '@chartward/policy'

/** An audit entry's row, its columns in the spelling that the hashed bytes are compared with. */
export interface StoredEntry {
  readonly columns: InspectedRow['columns'] & { readonly id: EntryId; readonly patientId: PatientId | null }
  readonly bytes: Buffer
  readonly leafHash: Buffer
  readonly mac: Buffer
}

export interface EntryRow {
  id: EntryId
  at: string
  actor_kind: string
  actor_id: string | null
  session_id: SessionId | null
  request_id: string | null
  action: string
  outcome: string
  resource_type: string
  resource_id: string | null
  patient_id: PatientId | null
  ip: string | null
  bytes: Buffer
  leaf_hash: Buffer
  mac: Buffer
}

/**
 * What a statement selects of `audit_entries` for `storedEntry`: `at` as RFC 3339 in UTC with microseconds.
 */
export const entryColumns = (sql: Connection['sql']) => sql`
  id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor_kind, actor_id, session_id, request_id,
  action, outcome, resource_type, resource_id, patient_id, ip, bytes, leaf_hash, mac`

export const storedEntry = (row: EntryRow): StoredEntry => ({
  columns: {
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    sessionId: row.session_id,
    requestId: row.request_id,
    action: row.action,
    outcome: row.outcome,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    patientId: row.patient_id,
    ip: row.ip,
  },
  bytes: row.bytes,
  leafHash: row.leaf_hash,
  mac: row.mac,
})

/** The entries of these ids, in the order of the ids, as far as they are there. */
export const storedEntries = async (
  sql: Connection['sql'],
  ids: readonly EntryId[],
): Promise<Map<EntryId, StoredEntry>> => {
  // The bounds let the planner leave out the months that no id lies in.
  const sorted = [...ids].sort()
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined) return new Map()
  const rows = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from audit_entries
    where id = any(${sorted}::uuid[]) and id between ${low} and ${high}`
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    ids.flatMap((id): [EntryId, StoredEntry][] => {
      const row = byId.get(id)
      return row === undefined ? [] : [[id, storedEntry(row)]]
    }),
  )
}
