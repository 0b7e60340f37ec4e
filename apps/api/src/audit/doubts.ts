import { type Connection, type Database, databaseFault, type TransactionOutcome } from '@chartward/db'
import type { EntryId } from '@chartward/policy'

/** Entries whose transaction was lost sight of while it committed. */
export interface Doubt {
  /** One of them: they were committed together or not at all. */
  readonly entryId: EntryId
  /** PostgreSQL's id of the transaction. */
  readonly transactionId: string
  readonly settle: (outcome: Exclude<TransactionOutcome, 'doubtful'>) => void
}

/** A transaction id that this server has not given out yet (invalid_parameter_value). */
const OF_ANOTHER_HISTORY = '22023'

/**
 * What became of a doubtful transaction, or null where that can't be told yet. Its entry being there is
 * proof of a commit. Its absence is none of a failure while the server may still be committing. That another
 * transaction of the same id has committed says nothing: a server that was killed gives ids anew that it had
 * not written down. Whoever lost sight of a commit was told that it failed, and was shown nothing.
 */
export const resolveDoubt = async (
  { sql }: Connection,
  { entryId, transactionId }: Doubt,
): Promise<'committed' | 'rolled-back' | null> => {
  const [entry] = await sql`select 1 from audit_entries where id = ${entryId}`
  if (entry !== undefined) return 'committed'
  try {
    const [row] = await sql<{ status: string | null }[]>`
      select pg_xact_status(${transactionId}::text::xid8) as status`
    if (row?.status === 'in progress') return null
    // Asked once more: it may have committed between the two.
    const [late] = await sql`select 1 from audit_entries where id = ${entryId}`
    return late === undefined ? 'rolled-back' : 'committed'
  } catch (error) {
    // After a failover to a server that never saw it.
    if (databaseFault(error)?.sqlState === OF_ANOTHER_HISTORY) return 'rolled-back'
    throw error
  }
}

/** The doubts of one process. */
export class Doubts {
  readonly #db: Database
  readonly #everyMs: number
  #open: Doubt[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(db: Database, everyMs: number) {
    this.#db = db
    this.#everyMs = everyMs
  }

  /** Keeps a doubt, and looks again and again until it is settled. */
  add(doubt: Doubt): void {
    this.#open.push(doubt)
    this.#lookLater()
  }

  /** Asks the database about each; what it can't tell, or a database that is away, stays in doubt. */
  async look(): Promise<void> {
    const left: Doubt[] = []
    for (const doubt of this.#open.splice(0)) {
      const outcome = await resolveDoubt(this.#db, doubt).catch(() => null)
      if (outcome === null) left.push(doubt)
      else doubt.settle(outcome)
    }
    this.#open.push(...left)
    if (this.#open.length > 0) this.#lookLater()
  }

  /** Looks no more. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#open = []
  }

  #lookLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.look()
    }, this.#everyMs).unref()
  }
}
