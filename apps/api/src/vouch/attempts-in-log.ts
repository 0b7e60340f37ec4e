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

/** What ends attempts on a secret for good, and what begins them anew: told of whenever it was. */
const LASTING = ['auth.authenticator.refused', 'auth.authenticator.rebound'] as const

/** What says that a secret was wrong. */
const WRONG: ReadonlySet<string | null> = new Set(['WRONG_CREDENTIALS', 'WRONG_CODE', 'CODE_ALREADY_USED'])

interface Attempt {
  readonly at: number
  readonly kind: 'failure' | 'success' | 'lockout' | 'refused' | 'rebound'
}

/** What the log says of attempts on a secret. */
interface Told {
  /** Since the last success or lockout. */
  readonly failures: number
  /** Since the last success, within a day. */
  readonly run: number
  readonly lockedUntil: Date | null
  /** A hundred have failed, and the secret is the same still. */
  readonly isRefused: boolean
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
  /** When a secret was last refused for good, and when it was last another one. */
  readonly #refused = new Map<string, number>()
  readonly #rebound = new Map<string, number>()
  /** The time of the latest attempt, by the application's clock. */
  #latest = 0
  /** What the last look has read: the next one reads its end again. */
  #taken: ReadonlySet<EntryId> = new Set()
  /** The time of the last entry that was read, in milliseconds; 0 before the first. */
  #readTo = 0

  constructor(options: AttemptsOptions) {
    this.#options = options
  }

  /** Failures as the log tells them, and until when it says that the secret is locked or refused. */
  of(subject: string, now: Date): Told {
    const all = [...(this.#attempts.get(subject)?.values() ?? [])].sort((a, b) => a.at - b.at)
    let [failures, run, lockedUntil] = [0, 0, 0]
    for (const { at, kind } of all) {
      if (at < now.getTime() - KEPT_MS) continue
      if (kind === 'success' || kind === 'rebound') run = 0
      if (kind === 'rebound') lockedUntil = 0
      if (kind === 'failure') {
        failures += 1
        run += 1
      }
      if (kind !== 'failure') failures = 0
      // The entry of the failure that locks comes after that of the lock: it is not one of the next row.
      if (kind === 'lockout') lockedUntil = at + this.#options.lockMs
      if (kind === 'failure' && at < lockedUntil) failures = 0
    }
    const refusedAt = this.#refused.get(subject)
    return {
      failures,
      run,
      lockedUntil: lockedUntil > now.getTime() ? new Date(lockedUntil) : null,
      isRefused:
        refusedAt !== undefined && refusedAt > (this.#rebound.get(subject) ?? Number.NEGATIVE_INFINITY),
    }
  }

  /** Whether the log tells of anything that another secret ends. */
  tells(subject: string, now: Date): boolean {
    const { run, lockedUntil, isRefused } = this.of(subject, now)
    return run > 0 || lockedUntil !== null || isRefused
  }

  /** Known at once in this process: these secrets are others now. */
  rebound(subjects: readonly string[], at: Date): void {
    for (const subject of subjects)
      this.#learn(subject, `rebound-${at.getTime()}`, { at: at.getTime(), kind: 'rebound' })
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
      where action in ${sql([...ACTIONS, ...LASTING])}
        and id >= uuid_v7_floor(${new Date(since).toISOString()}::timestamptz)
      ${this.#readTo === 0 ? sql`union select id, bytes, mac from audit_entries where action in ${sql([...LASTING])}` : sql``}
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
    const on = entry?.facts.attemptsOn
    const kind = entry === null ? null : kindOf(entry)
    if (entry === null || kind === null) return
    for (const subject of Array.isArray(on) ? on : [on])
      if (typeof subject === 'string') this.#learn(subject, id, { at: Date.parse(entry.at), kind })
  }

  #learn(subject: string, key: string, attempt: Attempt): void {
    const { at, kind } = attempt
    const lasting = kind === 'refused' ? this.#refused : kind === 'rebound' ? this.#rebound : null
    lasting?.set(subject, Math.max(at, lasting.get(subject) ?? 0))
    if (kind !== 'refused') this.#note(subject, key, attempt)
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
  if (action === 'auth.authenticator.refused') return 'refused'
  if (action === 'auth.authenticator.rebound') return 'rebound'
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
