import type { AuditEntry } from '@chartward/audit'
import type { Database, Transaction } from '@chartward/db'
import type { Logger } from '../../core/log.ts'
import type { SequencerContext } from '../context.ts'

/** A sequenced entry, once its bytes have been seen to be the application's own and those of its leaf. */
export interface SeenEntry {
  /** Its place in the log: 0 is the first. */
  readonly index: number
  readonly entry: AuditEntry
}

/**
 * A job that sees each sequenced entry once, in the order of the log. What it writes in `tx` stands or falls
 * with its cursor, so wherever it is killed it goes on as if it had not been. Any number of processes may run
 * it: one works at a time.
 */
export interface Follower<Login, Context> {
  readonly kind: 'follower'
  /** Of its row in log_followers: under another name it begins at the first entry again. */
  readonly name: string
  /** The process that runs it, with the database login of that name. */
  readonly login: Login
  readonly cursor: {
    /**
     * Most entries that one transaction sees: what is held in memory at once, and what a kill makes somebody
     * do again.
     */
    readonly batch: number
  }
  /**
   * Takes the next entries, never none. Rejects where they should be shown again. Does nothing that the
   * transaction can't undo.
   */
  see(tx: Transaction, entries: readonly SeenEntry[], context: Context): Promise<void>
}

/** A follower in the sequencer's process, which reads no record and opens nothing. */
export type SequencerFollower = Follower<'sequencer', SequencerContext>

/** What following takes, whichever process does it. */
export interface LogReader extends Pick<SequencerContext, 'isOwn'> {
  readonly db: Database
  readonly log: Logger
}
