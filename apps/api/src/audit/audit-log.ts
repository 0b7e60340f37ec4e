import type { EntryRow } from '@chartward/audit'
import { type Database, type Transaction, type TransactionOutcome, withTransaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'
import { newId, stamped } from '../core/ids.ts'
import type { Logger } from '../core/log.ts'
import type { Keyring } from '../keys/keyring.ts'
import { auditTime } from './clock.ts'
import { takeCommitments } from './commitments.ts'
import { Doubts } from './doubts.ts'
import { type Draft, isOwnEntry, type PreparedEntry, prepareEntry } from './entry.ts'
import { type Inserted, insertEntries } from './insert.ts'
import { EntryNumbers } from './numbers.ts'
import { EntriesNotStored } from './require-stored.ts'

interface Waiting {
  readonly entry: PreparedEntry
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/**
 * As many entries as one statement takes; more wait for the next, which starts as soon as this one
 * has committed.
 */
const BATCH = 256
/** How often a doubtful commit is asked about. */
const DOUBT_MS = 1_000
/** For how long a process may keep to itself how many entries it has written. */
const COUNT_MS = 15_000
/** An orderly stop waits no longer than this for a database that is away. */
const CLOSE_MS = 2_000

export interface AuditLogOptions {
  readonly db: Database
  readonly keyring: Keyring
  /** The key that the sequencer knows the application's entries by; the database never sees it. */
  readonly appendKey: Buffer
  readonly clock: () => Date
  readonly log: Logger
}

/**
 * The only way into the audit log. `append` writes in the caller's transaction: the change and its entry
 * stand or fall together. `commit` is for reads, sign-ins and refusals: many callers' entries share one
 * transaction (group commit), and each call resolves when its entry is durable. Where an entry can't be
 * written, both reject, and so must the request. Each of its entries has the next number, under the MAC, so
 * that one which is kept from the log is missed (`EntryNumbers`).
 */
export class AuditLog {
  readonly #options: AuditLogOptions
  readonly #numbers = new EntryNumbers(newId())
  readonly #doubts: Doubts
  #waiting: Waiting[] = []
  #flushing: Promise<void> | null = null
  #counting: NodeJS.Timeout | null = null
  #counted = 0

  constructor(options: AuditLogOptions) {
    this.#options = options
    this.#doubts = new Doubts(options.db, DOUBT_MS)
  }

  /** Whether stored bytes are an entry that the application wrote. */
  isOwn(bytes: Uint8Array, mac: Uint8Array): boolean {
    return isOwnEntry(this.#options.appendKey, bytes, mac)
  }

  /**
   * Appends in the caller's transaction and gives the entry's id. Rejects UNAUTHENTICATED where the session
   * that it is done in has been ended, as `commit` does.
   */
  async append(tx: Transaction, draft: Draft): Promise<EntryId> {
    const [rows, ...more] = takeCommitments(tx)
    const entry = this.#prepare(draft, rows)
    const { actor, sessionId = null, requestId = null } = draft
    const rest = more.map((others) =>
      this.#prepare(
        {
          action: 'audit.rows.committed',
          outcome: 'success',
          actor,
          sessionId,
          requestId,
          resource: { type: 'AuditEntry', id: entry.id },
          count: others.length,
        },
        others,
      ),
    )
    const refused = await this.#insert(tx, [entry, ...rest]).catch((error: unknown) => {
      throw error instanceof EntriesNotStored ? this.#failure(error, 1) : error
    })
    if (refused.size > 0) throw new ChartwardError('UNAUTHENTICATED')
    return entry.id
  }

  /** Appends in a shared transaction of its own; resolves with the entry's id once it is committed. */
  async commit(draft: Draft): Promise<EntryId> {
    const entry = this.#prepare(draft)
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject })
      this.#flushing ??= this.#flush()
    })
    return entry.id
  }

  /** Waits until everything handed to `commit` has been written. */
  async drain(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing
  }

  /**
   * Says from now on, in an entry, how many there are, whenever some have been written since: the last of a
   * process that falls silent would otherwise be missed by nothing.
   */
  startCounting(): void {
    this.#counting ??= setInterval(() => {
      const { last, claimed } = this.#numbers
      if (last === this.#counted && claimed >= last - 1) return
      this.#count('audit.writer.counted').catch(() => undefined)
    }, COUNT_MS).unref()
  }

  /**
   * For an orderly stop: waits for what is under way, and writes this process's last entry, which says that
   * no number comes after it. Says so in the process's log where the database does not let it; then the
   * numbers end as those of a process that was killed.
   */
  async close(): Promise<void> {
    if (this.#counting !== null) clearInterval(this.#counting)
    await this.drain()
    try {
      if (this.#numbers.last > 0) await within(CLOSE_MS, this.#sayLast())
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the last entry of this process could not be written')
    }
    this.#doubts.close()
  }

  async #sayLast(): Promise<void> {
    await this.#doubts.look()
    await this.#count('audit.writer.closed')
  }

  async #count(action: 'audit.writer.counted' | 'audit.writer.closed'): Promise<void> {
    const before = this.#numbers.last
    await this.commit({
      action,
      outcome: 'success',
      actor: { kind: 'system', name: 'audit' },
      resource: { type: 'AuditLog', id: null },
      count: before,
    })
    this.#counted = before + 1
  }

  /** `rows` are those that the change has written, of those that are vouched for. */
  #prepare(draft: Draft, rows: EntryRow[] = []): PreparedEntry {
    const { appendKey, clock } = this.#options
    const writer = this.#numbers.take()
    try {
      const { id, at } = stamped(draft.id, clock)
      return prepareEntry(draft, { id, at: draft.at ?? auditTime(at), writer, rows }, appendKey)
    } catch (error) {
      this.#numbers.failed(writer.number)
      throw error
    }
  }

  /**
   * Inserts entries, none of which has been sent before, and learns what becomes of their transaction. Gives
   * those that were refused.
   */
  async #insert(tx: Transaction, entries: readonly PreparedEntry[]): Promise<ReadonlySet<EntryId>> {
    let inserted: Inserted = { transactionId: '', refused: new Set() }
    tx.settled((outcome) => {
      const { transactionId, refused } = inserted
      for (const { id, number } of entries) if (refused.has(id)) this.#numbers.failed(number)
      const sent = entries.filter(({ id }) => !refused.has(id))
      this.#settle(sent, transactionId, outcome)
    })
    inserted = await insertEntries(tx, this.#options.keyring, entries)
    return inserted.refused
  }

  #settle(entries: readonly PreparedEntry[], transactionId: string, outcome: TransactionOutcome): void {
    const [first] = entries
    if (first === undefined) return
    if (outcome === 'doubtful') {
      const settle = (found: TransactionOutcome) => this.#settle(entries, transactionId, found)
      this.#doubts.add({ entryId: first.id, transactionId, settle })
      return
    }
    for (const { number } of entries) {
      if (outcome === 'committed') this.#numbers.committed(number)
      else this.#numbers.failed(number)
    }
  }

  async #flush(): Promise<void> {
    // One turn of the event loop, so that requests that arrived together share the first batch.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH)
      const entries = batch.map(({ entry }) => entry)
      try {
        const refused = await this.#write(entries)
        for (const { entry, resolve, reject } of batch) {
          if (refused.has(entry.id)) reject(new ChartwardError('UNAUTHENTICATED'))
          else resolve()
        }
      } catch (error) {
        const failure = this.#failure(error, entries.length)
        for (const { reject } of batch) reject(failure)
      }
    }
    this.#flushing = null
  }

  async #write(entries: readonly PreparedEntry[]): Promise<ReadonlySet<EntryId>> {
    let begun = false
    try {
      return await withTransaction(this.#options.db, 'none', (tx) => {
        begun = true
        return this.#insert(tx, entries)
      })
    } catch (error) {
      // Where no connection came, no transaction tells what became of it.
      if (!begun) for (const { number } of entries) this.#numbers.failed(number)
      throw error
    }
  }

  #failure(error: unknown, entries: number): ChartwardError {
    this.#options.log.error(
      { err: error, entries },
      error instanceof EntriesNotStored
        ? 'the database keeps audit entries out of the log: run `chartward verify --database`'
        : 'audit entries could not be written',
    )
    return new ChartwardError('UNAVAILABLE', undefined, { cause: error })
  }
}

/** What `work` gives, unless that takes too long. */
const within = async (milliseconds: number, work: Promise<void>): Promise<void> => {
  const limit = new AbortController()
  try {
    await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        const timer = setTimeout(() => reject(new Error('it took too long')), milliseconds)
        limit.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
      }),
    ])
  } finally {
    limit.abort()
  }
}
