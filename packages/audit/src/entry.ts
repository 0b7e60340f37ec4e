import type { ACTIONS, Action, Rule } from './actions.ts'
import type { JsonObject, JsonScalar } from './json.ts'

export type Actor =
  | { kind: 'user'; id: string }
  | { kind: 'service'; name: string }
  | { kind: 'system'; name: string }
  | { kind: 'anonymous' }

/**
 * `asked`: it needs a fresh factor, and the person was asked for one first. Nothing was shown or done, and
 * nobody was refused: they may go on with a code.
 */
export type Outcome = 'success' | 'failure' | 'refused' | 'asked'

/**
 * Before is null for what was made, after is null for what was removed. Secrets and PHI values are left out.
 */
export type EntryChange = { before: JsonObject | null; after: JsonObject | null }

/** Hex SHA-256 over the record versions of a write (`recordsDigest`), and how many there were. */
export type EntryRecords = { digest: string; count: number }

/**
 * A row that a change wrote and that gives somebody something, or takes it away: what it says by its hash, so
 * that it can be told from an earlier state of its own, and from one that no entry knows.
 */
export type EntryRow = {
  kind: string
  /** UUID, lower case. */
  id: string
  /** Whose account it is about, as a UUID; null for none. */
  owner: string | null
  /** From 1, one more with each change. */
  version: number
  /** Hex SHA-256 of what the row says. */
  hash: string
}

/**
 * Which of its writer's entries it is. `process` is a UUID made when the writer began, `number` counts its
 * entries from 1 on without a gap. Every number up to `settled` has either been committed, or stands in a
 * `void` of this or an earlier entry as one whose transaction failed; `void` holds ranges, both ends
 * included, in ascending order.
 */
export type EntryWriter = { process: string; number: number; settled: number; void: NumberRange[] }
export type NumberRange = [first: number, last: number]

/**
 * The fields of every audit entry, before its action is known. No field may hold a PHI value. Code that knows
 * its action uses `AuditEntry<'…'>`; generic code builds this and passes it through `checkEntry`.
 */
export interface AuditEntryBase {
  v: 1
  /** UUIDv7, lower case. */
  id: string
  /** RFC 3339 in UTC with microseconds: 2026-11-22T02:47:00.000000Z. */
  at: string
  actor: Actor
  sessionId: string | null
  requestId: string | null
  action: Action
  outcome: Outcome
  resource: { type: string; id: string | null }
  /** UUID, lower case. A typed-in identifier is never put here. */
  patientId: string | null
  /** Catalog paths shown, sorted by UTF-16 code units, each once. */
  fields: string[]
  /** Field classes shown. */
  classes: string[]
  /** Catalog paths shown masked. */
  masked: string[]
  purpose: string | null
  /** Id of the policy statement that decided. */
  statement: string | null
  /** The decision's reason, from a closed list of sentences. */
  reason: string | null
  /** What the decision was made from: enough to decide it again. */
  facts: Record<string, JsonScalar | JsonScalar[]>
  ip: string | null
  userAgent: string | null
  /** Hex of `noteCommitment` to free text kept elsewhere. */
  noteHash: string | null
  count: number | null
  records: EntryRecords | null
  /** The rows that the change wrote, of those that are vouched for. */
  rows: EntryRow[]
  change: EntryChange | null
  writer: EntryWriter
}

type Spec<A extends Action> = (typeof ACTIONS)[A]
type Done<R extends Rule, T> = R extends 'required' ? T : R extends 'optional' ? T | null : null
type Attempted<R extends Rule, T> = R extends 'none' ? null : T | null
type RecordsRule<A extends Action> = Spec<A> extends { records: 'required' } ? 'required' : 'none'

type Ruled = 'action' | 'outcome' | 'patientId' | 'records' | 'change'

/**
 * An entry of action `A`: a success carries what `ACTIONS` demands; a failed or refused attempt may lack it.
 */
export type AuditEntry<A extends Action = Action> = A extends Action
  ? Omit<AuditEntryBase, Ruled> & { action: A } & (
        | {
            outcome: 'success'
            patientId: Done<Spec<A>['patient'], string>
            records: Done<RecordsRule<A>, EntryRecords>
            change: Done<Spec<A>['change'], EntryChange>
          }
        | {
            outcome: Exclude<Outcome, 'success'>
            patientId: Attempted<Spec<A>['patient'], string>
            records: Attempted<RecordsRule<A>, EntryRecords>
            change: Attempted<Spec<A>['change'], EntryChange>
          }
      )
  : never
