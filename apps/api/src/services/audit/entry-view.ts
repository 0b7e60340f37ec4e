import { type AuditEntryBase, AuditError, inspectRow, parseEntry } from '@chartward/audit'
import type { AuditRow } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { StoredEntry } from '../../audit/log/stored-entries.ts'
import { userNames } from '../users/names.ts'

/** Which leaf each entry is, by id; those that have not been sequenced are left out. */
export const indexesOf = async (
  sql: Connection['sql'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (ids.length === 0) return new Map()
  const rows = await sql<{ entry_id: EntryId; index: string }[]>`
    select entry_id, index from audit_leaves where entry_id = any(${[...ids]}::uuid[])`
  return new Map(rows.map((row) => [row.entry_id, Number(row.index)]))
}

/** The entry in stored bytes, or null where they are none any more. */
export const parsedEntry = (bytes: Uint8Array): AuditEntryBase | null => {
  try {
    return parseEntry(bytes)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/**
 * Shows entries in the order given: what is hashed where it can be read, and the searchable columns
 * where it can't.
 */
export const auditRows = async (
  sql: Connection['sql'],
  entries: readonly StoredEntry[],
): Promise<AuditRow[]> => {
  const names = await userNames(
    { sql },
    entries.map(({ columns }) => columns.actorId),
  )
  const indexes = await indexesOf(
    sql,
    entries.map(({ columns }) => columns.id ?? ''),
  )
  return entries.map((stored) => {
    const { columns } = stored
    const entry = parsedEntry(stored.bytes)
    const id = columns.id ?? ''
    return {
      id,
      at: entry?.at ?? columns.at ?? '',
      actor: actorView(entry?.actor ?? null, stored, names),
      action: entry?.action ?? columns.action ?? '',
      outcome: entry?.outcome ?? columns.outcome ?? '',
      resourceType: entry?.resource.type ?? columns.resourceType ?? '',
      resourceId: entry === null ? columns.resourceId : entry.resource.id,
      patientId: entry === null ? columns.patientId : entry.patientId,
      fields: entry?.fields ?? [],
      masked: entry?.masked ?? [],
      classes: entry?.classes ?? [],
      reason: entry?.reason ?? null,
      statement: entry?.statement ?? null,
      ip: entry === null ? columns.ip : entry.ip,
      userAgent: entry?.userAgent ?? null,
      requestId: entry === null ? columns.requestId : entry.requestId,
      sessionId: entry === null ? columns.sessionId : entry.sessionId,
      purpose: entry?.purpose ?? null,
      count: entry?.count ?? null,
      index: indexes.get(id) ?? null,
      intact: inspectRow({ ...stored, index: 0 }).length === 0,
    }
  })
}

const actorView = (
  actor: AuditEntryBase['actor'] | null,
  { columns }: StoredEntry,
  names: ReadonlyMap<string, string>,
): AuditRow['actor'] => {
  if (actor === null) {
    return { kind: columns.actorKind ?? '', id: columns.actorId, name: columns.actorId ?? 'Unknown' }
  }
  if (actor.kind === 'user')
    return { kind: 'user', id: actor.id, name: names.get(actor.id) ?? 'Unknown user' }
  if (actor.kind === 'anonymous') return { kind: 'anonymous', id: null, name: 'Nobody signed in' }
  return { kind: actor.kind, id: null, name: actor.name }
}
