import type { EntryRow } from '@chartward/audit'
import type { Database, Transaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Logger } from '../core/log.ts'
import type { Keyring } from '../keys/keyring.ts'
import { auditTime } from './clock.ts'
import { takeCommitments } from './commitments.ts'
import { type Draft, isOwnEntry, type PreparedEntry, prepareEntry } from './entry.ts'
import { insertEntries } from './insert.ts'

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
 * written, both reject, and so must the request.
 */
export class AuditLog {
  readonly #options: AuditLogOptions
  #waiting: Waiting[] = []
  #flushing: Promise<void> | null = null

  constructor(options: AuditLogOptions) {
    this.#options = options
  }

  /** `rows` are those that the change has written, of those that are vouched for. */
  prepare(draft: Draft, rows: EntryRow[] = []): PreparedEntry {
    return prepareEntry(
      draft,
      draft.id ?? newId(),
      draft.at ?? auditTime(this.#options.clock()),
      this.#options.appendKey,
      rows,
    )
  }

  /** Whether stored bytes are an entry that the application wrote. */
  isOwn(bytes: Uint8Array, mac: Uint8Array): boolean {
    return isOwnEntry(this.#options.appendKey, bytes, mac)
  }

  /** Appends in the caller's transaction and gives the entry's id. */
  async append(tx: Transaction, draft: Draft): Promise<EntryId> {
    const entry = this.prepare(draft, takeCommitments(tx))
    await insertEntries(tx, this.#options.keyring, [entry])
    return entry.id
  }

  /** Appends in a shared transaction of its own; resolves with the entry's id once it is committed. */
  async commit(draft: Draft): Promise<EntryId> {
    const entry = this.prepare(draft)
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject })
      this.#flushing ??= this.#flush()
    })
    return entry.id
  }

  /** Waits until everything handed to `commit` has been written. For an orderly stop. */
  async drain(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing
  }

  async #flush(): Promise<void> {
    // One turn of the event loop, so that requests that arrived together share the first batch.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH)
      try {
        await insertEntries(
          this.#options.db,
          this.#options.keyring,
          batch.map(({ entry }) => entry),
        )
        for (const { resolve } of batch) resolve()
      } catch (error) {
        this.#options.log.error({ err: error, entries: batch.length }, 'audit entries could not be written')
        for (const { reject } of batch) reject(new ChartwardError('UNAVAILABLE', undefined, { cause: error }))
      }
    }
    this.#flushing = null
  }
}
