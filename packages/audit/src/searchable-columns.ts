import type { Action } from './actions.ts'
import type { Actor, AuditEntry, Outcome } from './entry.ts'

/** The flat view of an entry that search uses. A copy: the hashed bytes are what counts. */
export interface SearchableColumns {
  id: string
  at: string
  actorKind: Actor['kind']
  /** User id, or name of the service or system part; null for anonymous. */
  actorId: string | null
  sessionId: string | null
  requestId: string | null
  action: Action
  outcome: Outcome
  resourceType: string
  resourceId: string | null
  patientId: string | null
  ip: string | null
}

const NAMES: { readonly [K in keyof SearchableColumns]: K } = {
  id: 'id',
  at: 'at',
  actorKind: 'actorKind',
  actorId: 'actorId',
  sessionId: 'sessionId',
  requestId: 'requestId',
  action: 'action',
  outcome: 'outcome',
  resourceType: 'resourceType',
  resourceId: 'resourceId',
  patientId: 'patientId',
  ip: 'ip',
}
/**
 * The names of the columns; a column added to SearchableColumns does not compile until it is compared too.
 */
export const SEARCHABLE_COLUMNS: readonly (keyof SearchableColumns)[] = Object.values(NAMES)

/** Both the writer of a row and its check take the columns from here, so that they can't drift apart. */
export const searchableColumns = (entry: AuditEntry): SearchableColumns => ({
  id: entry.id,
  at: entry.at,
  actorKind: entry.actor.kind,
  actorId: actorId(entry.actor),
  sessionId: entry.sessionId,
  requestId: entry.requestId,
  action: entry.action,
  outcome: entry.outcome,
  resourceType: entry.resource.type,
  resourceId: entry.resource.id,
  patientId: entry.patientId,
  ip: entry.ip,
})

const actorId = (actor: Actor): string | null => {
  if (actor.kind === 'user') return actor.id
  return actor.kind === 'anonymous' ? null : actor.name
}
