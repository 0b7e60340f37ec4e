import { type AuditEntry, AuditError, parseEntry } from '@chartward/audit'
import type { Database } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { idTime } from '../core/ids.ts'

/** Attempts are counted together within this time. */
const KEPT_MS = 24 * 60 * 60_000
/** Entries are committed in another order than their ids were given out: as much is read again each time. */
const OVERLAP_MS = 120_000

const ACTIONS = [
  'auth.sign-in.password',
  'auth.sign-in.totp',
  'auth.sign-in.recovery-code',
  'auth.step-up',
  'auth.password.changed',
  'auth.password.reset',
  'auth.factor-reset.accepted',
  'auth.lockout',
] as const

/** What says that a secret was wrong. */
const WRONG: ReadonlySet<string | null> = new Set(['WRONG_CREDENTIALS', 'WRONG_CODE', 'CODE_ALREADY_USED'])

interface Attempt {
  readonly at: number
  readonly kind: 'failure' | 'success' | 'lockout'
}

export interface AttemptsOptions {
  readonly db: Pick<Database, 'sql'>
  /** Whether the application wrote these bytes. */
  readonly isOwn: (bytes: Uint8Array, mac: Uint8Array) => boolean
  /** How long a lockout lasts, in milliseconds. */
  readonly lockMs: number
}

/**
 * The attempts on each secret as the audit log tells them, whoever counted them. The counters in the database
 * are faster, and can be emptied by whoever can write there; the log can't.
 */
export class AttemptsInLog {
  readonly #options: AttemptsOptions
  readonly #attempts = new Map<string, Map<string, Attempt>>()
  /** The time of the latest attempt, by the application's clock. */
  #latest = 0
  /** What the last look has read: the next one reads its end again. */
  #taken: ReadonlySet<EntryId> = new Set()
  /** The time of the last entry that was read, in milliseconds; 0 before the first. */
  #readTo = 0

  constructor(options: AttemptsOptions) {
    this.#options = options
  }

  /** Failures since the last success, and until when the log says that the secret is locked. */
  of(subject: string, now: Date): { readonly failures: number; readonly lockedUntil: Date | null } {
    const all = [...(this.#attempts.get(subject)?.values() ?? [])].sort((a, b) => a.at - b.at)
    let failures = 0
    let lockedUntil = 0
    for (const { at, kind } of all) {
      if (at < now.getTime() - KEPT_MS) continue
      failures = kind === 'failure' ? failures + 1 : 0
      // The entry of the failure that locks comes after that of the lock: it is not one of the next row.
      if (kind === 'lockout') lockedUntil = at + this.#options.lockMs
      if (kind === 'failure' && at < lockedUntil) failures = 0
    }
    return { failures, lockedUntil: lockedUntil > now.getTime() ? new Date(lockedUntil) : null }
  }

  /** Known at once in this process, before the log is looked at: a success takes back what was counted. */
  succeeded(subject: string, at: Date): void {
    this.#note(subject, `success-${at.getTime()}`, { at: at.getTime(), kind: 'success' })
  }

  /** Takes what the log has said since, from a day ago on at first. */
  async look(): Promise<void> {
    const { sql } = this.#options.db
    // Of the ids, which have a clock of their own.
    const now = idTime()
    const since = this.#readTo === 0 ? now - KEPT_MS : this.#readTo - OVERLAP_MS
    const rows = await sql<{ id: EntryId; bytes: Buffer; mac: Buffer }[]>`
      select id, bytes, mac from audit_entries
      where action in ${sql([...ACTIONS])} and id >= uuid_v7_floor(${new Date(since).toISOString()}::timestamptz)
      order by id`
    for (const { id, bytes, mac } of rows) {
      if (!this.#taken.has(id) && this.#options.isOwn(bytes, mac)) this.#take(id, bytes)
    }
    this.#taken = new Set(rows.map(({ id }) => id))
    this.#readTo = now
    this.#forget()
  }

  #take(id: EntryId, bytes: Buffer): void {
    const entry = entryOf(bytes)
    const subject = entry?.facts.attemptsOn
    if (entry === null || typeof subject !== 'string') return
    const kind = kindOf(entry)
    if (kind === null) return
    this.#note(subject, id, { at: Date.parse(entry.at), kind })
  }

  #note(subject: string, key: string, attempt: Attempt): void {
    const known = this.#attempts.get(subject) ?? new Map<string, Attempt>()
    this.#attempts.set(subject, known.set(key, attempt))
    this.#latest = Math.max(this.#latest, attempt.at)
  }

  #forget(): void {
    for (const [subject, attempts] of this.#attempts) {
      for (const [key, { at }] of attempts) if (at < this.#latest - KEPT_MS) attempts.delete(key)
      if (attempts.size === 0) this.#attempts.delete(subject)
    }
  }
}

const kindOf = ({ action, outcome, reason }: AuditEntry): Attempt['kind'] | null => {
  if (action === 'auth.lockout') return 'lockout'
  if (outcome === 'success') return 'success'
  return outcome === 'failure' && WRONG.has(reason) ? 'failure' : null
}

const entryOf = (bytes: Buffer): AuditEntry | null => {
  try {
    return parseEntry(bytes)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}
