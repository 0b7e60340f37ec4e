import { signingKeysInForce } from '../audit/log/enrolments.ts'
import type { SequencerContext } from './context.ts'
import { rotate, truncateDrained } from './rotate.ts'
import type { Round } from './round.ts'

/** When the queue moves on to its next table. */
export interface RotationLimits {
  /** Rows taken from one table. */
  readonly rows: number
  /** Milliseconds since the last rotation, if anything was taken. */
  readonly ms: number
}

export const ROTATION: RotationLimits = { rows: 50_000, ms: 60_000 }

const TRUNCATE_EVERY_MS = 1_000
const PARTITIONS_EVERY_MS = 24 * 60 * 60 * 1000
/** After a failure, such as a busy log: making a partition locks the table that all append to. */
const PARTITIONS_RETRY_MS = 10 * 60 * 1000
const MONTHS_AHEAD = 12
const KEY_EVERY_MS = 24 * 60 * 60 * 1000
const YEAR_MS = 365 * KEY_EVERY_MS

/**
 * What has to be done now and then beside sequencing: turning the queue's tables, making next year's
 * partitions.
 */
export class Housekeeping {
  readonly #context: SequencerContext
  readonly #limits: RotationLimits
  #takenFromCurrent = 0
  #rotatedAt: number
  #truncateAt = 0
  #partitionsAt = 0
  #keyAt = 0

  constructor(context: SequencerContext, limits: RotationLimits) {
    this.#context = context
    this.#limits = limits
    this.#rotatedAt = performance.now()
  }

  noted({ fromCurrent }: Round): void {
    this.#takenFromCurrent += fromCurrent
  }

  /** Does what is due. */
  async tick(): Promise<void> {
    const now = performance.now()
    const full = this.#takenFromCurrent > this.#limits.rows
    const old = this.#takenFromCurrent > 0 && now - this.#rotatedAt > this.#limits.ms
    if ((full || old) && (await rotate(this.#context))) {
      this.#takenFromCurrent = 0
      this.#rotatedAt = now
    }
    if (now >= this.#truncateAt) {
      this.#truncateAt = now + Math.min(TRUNCATE_EVERY_MS, this.#limits.ms)
      await truncateDrained(this.#context)
    }
    if (now >= this.#keyAt) {
      this.#keyAt = now + KEY_EVERY_MS
      await this.#warnOfOldKey()
    }
    if (now >= this.#partitionsAt) {
      this.#partitionsAt = now + ((await this.#makePartitions()) ? PARTITIONS_EVERY_MS : PARTITIONS_RETRY_MS)
    }
  }

  /** A key signs for a year; another is made where it is, by the operator. */
  async #warnOfOldKey(): Promise<void> {
    const { db, log, signer, clock } = this.#context
    const keys = await signingKeysInForce(db.sql, signer.pinned)
    const since = keys.find(({ purpose }) => purpose === 'checkpoint')?.since
    if (since !== undefined && clock().getTime() - since.getTime() > YEAR_MS)
      log.warn(
        'the key that signs the log is over a year old: run `chartward signing rotate checkpoint` here',
      )
  }

  async #makePartitions(): Promise<boolean> {
    const { db, log } = this.#context
    try {
      const made = await db.sql.begin(async (sql) => {
        await sql`set local lock_timeout = '2s'`
        const [row] = await sql<{ made: number }[]>`select audit_make_partitions(${MONTHS_AHEAD}) as made`
        return row?.made ?? 0
      })
      if (made > 0) log.info({ months: made }, 'partitions of the audit log made')
      return true
    } catch (error) {
      log.warn({ err: error }, 'partitions of the audit log could not be made now')
      return false
    }
  }
}
