import { statfs } from 'node:fs/promises'
import type { Database } from '@chartward/db'
import { ChartwardError } from './errors.ts'
import type { Logger } from './log.ts'

/**
 * `unwatched` where the operator has named neither a volume nor a maximum; `unknown` where it can't be
 * told.
 */
export type SpaceLevel = 'unwatched' | 'enough' | 'low' | 'critical' | 'unknown'

/** What the database's space is measured by; where both are named, by that of which less is left. */
export interface SpaceSettings {
  /** A folder on the volume that the database writes to, where that is one of this machine. */
  readonly volume: string | undefined
  /** Bytes that the database and its WAL may take. */
  readonly maxBytes: number | undefined
  /** Per cent that are left at the beginning of each level. */
  readonly lowPercent: number
  readonly criticalPercent: number
}

export const NO_SPACE_WATCH: SpaceSettings = {
  volume: undefined,
  maxBytes: undefined,
  lowPercent: 15,
  criticalPercent: 5,
}

/**
 * A larger volume counts as if it were of this size, in bytes: of a terabyte 15 per cent are no emergency.
 */
const LARGE_VOLUME = 64 * 1024 ** 3
const FRESH_MS = 15_000
const EVERY_MS = 60_000

/** What stops at `low` stops at `critical` too. */
const STOPPED: Readonly<Record<'low' | 'critical', readonly SpaceLevel[]>> = {
  low: ['low', 'critical', 'unknown'],
  critical: ['critical', 'unknown'],
}

/**
 * Watches what the database has left to grow into, so that what can wait stops before entries of the log
 * can't be written: sign-in, reads, their entries and what ends somebody's access go on to the last byte.
 */
export class SpaceWatch {
  readonly #db: Database
  readonly #log: Logger
  readonly #settings: SpaceSettings
  #last: { readonly level: SpaceLevel; readonly at: number } | null = null
  #measuring: Promise<SpaceLevel> | null = null

  constructor(db: Database, log: Logger, settings: SpaceSettings) {
    this.#db = db
    this.#log = log
    this.#settings = settings
  }

  /** As it was measured within the last 15 seconds. Never rejects. */
  async level(): Promise<SpaceLevel> {
    const { volume, maxBytes } = this.#settings
    if (volume === undefined && maxBytes === undefined) return 'unwatched'
    if (this.#last !== null && performance.now() - this.#last.at < FRESH_MS) return this.#last.level
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = null
    })
    return this.#measuring
  }

  /** Whether no more is left than at the beginning of a level, or it can't be told. */
  async isShort(level: 'low' | 'critical'): Promise<boolean> {
    return STOPPED[level].includes(await this.level())
  }

  /** Throws NO_SPACE where it is short. */
  async require(level: 'low' | 'critical'): Promise<void> {
    if (await this.isShort(level)) throw new ChartwardError('NO_SPACE')
  }

  /** Measures once a minute from now on, so that the log says when a level is reached. Gives what ends it. */
  start(): () => void {
    const timer = setInterval(() => void this.level(), EVERY_MS)
    void this.level()
    return () => clearInterval(timer)
  }

  async #measure(): Promise<SpaceLevel> {
    let level: SpaceLevel = 'unknown'
    try {
      const left = Math.min(await this.#leftOfVolume(), await this.#leftOfMaximum())
      level = this.#levelAt(left)
      if (level !== this.#last?.level) this.#tell(level, left)
    } catch (error) {
      this.#log.error({ err: error }, 'the space that is left can not be told')
    }
    this.#last = { level, at: performance.now() }
    return level
  }

  #levelAt(left: number): SpaceLevel {
    if (left <= this.#settings.criticalPercent) return 'critical'
    return left <= this.#settings.lowPercent ? 'low' : 'enough'
  }

  #tell(level: SpaceLevel, left: number): void {
    const facts = { percentLeft: Math.max(0, Math.floor(left)) }
    if (level === 'critical') this.#log.error(facts, 'the database’s space is nearly used up')
    else if (level === 'low') this.#log.warn(facts, 'the database’s space is low')
    else this.#log.info(facts, 'the database has space')
  }

  async #leftOfVolume(): Promise<number> {
    const { volume } = this.#settings
    if (volume === undefined) return 100
    const { bavail, blocks, bsize } = await statfs(volume)
    return Math.min(100, ((bavail * bsize) / Math.min(blocks * bsize, LARGE_VOLUME)) * 100)
  }

  async #leftOfMaximum(): Promise<number> {
    const { maxBytes } = this.#settings
    if (maxBytes === undefined) return 100
    const [row] = await this.#db.sql<{ size: string; wal: string; may: boolean }[]>`
      select pg_database_size(current_database())::text as size,
        pg_size_bytes(current_setting('max_wal_size'))::text as wal,
        has_function_privilege('pg_ls_waldir()', 'execute') as may`
    if (row === undefined) throw new Error('the database has not said its size')
    // Where the login may not see the WAL, what PostgreSQL lets it grow to is counted.
    const wal = row.may ? await this.#walBytes() : Number(row.wal)
    return 100 - ((Number(row.size) + wal) / maxBytes) * 100
  }

  async #walBytes(): Promise<number> {
    const [row] = await this.#db.sql<{ size: string }[]>`
      select coalesce(sum(size), 0)::text as size from pg_ls_waldir()`
    return Number(row?.size ?? 0)
  }
}
