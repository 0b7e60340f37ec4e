import { createHash } from 'node:crypto'
import {
  constantTimeEqual,
  type DataKey,
  type KmsProvider,
  newDataKey,
  unwrapKek,
  wipeKey,
  wrapKek,
} from '@chartward/crypto'
import { type Connection, type Database, schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../core/errors.ts'
import { installationName } from '../core/installation.ts'
import type { Logger } from '../core/log.ts'
import { KmsHealth, type ProviderHealth } from './kms/health.ts'
import { KMS_SAYS, KmsError, kmsProblemOf } from './kms/kms-error.ts'
import { mayBeUsed } from './system-keys.ts'

type KekRow = typeof schema.keks.$inferSelect

export interface KekOptions {
  /**
   * For how long a KEK may be used after the provider last unwrapped it, in milliseconds; 24 hours, unless
   * told.
   */
  readonly holdMs?: number
  /** Milliseconds that never go back. */
  readonly now?: () => number
  readonly clock?: () => Date
  readonly log?: Pick<Logger, 'warn' | 'info'>
}

/** What the console shows of the KEKs' providers, as this process sees them. */
export interface KekState {
  /** The provider that wraps new KEKs, as `KmsProvider.name`. */
  readonly wrapping: string
  readonly providers: readonly ProviderHealth[]
  readonly holdMs: number
  /**
   * When the first KEK can't be used any more unless its provider answers before; null where none is held.
   */
  readonly heldUntil: Date | null
  /**
   * How many KEKs can't be used because their provider has not answered for so long, or has disabled its key.
   */
  readonly lapsed: number
}

/** A KEK that was just made, for the caller to store: it wraps once `refresh` has read it. */
export interface NewKek {
  readonly id: string
  readonly provider: string
  readonly wrapped: Buffer
}

interface Held {
  readonly kek: DataKey
  confirmedAt: number
}

const DAY_MS = 24 * 60 * 60_000
const MOST_STEP_MS = 60_000
/** A KEK is asked for so many times before it would lapse: an outage of most of that time stops nothing. */
const ASKED_TIMES = 24

const isUsable = ({ state }: KekRow): boolean => mayBeUsed(state)
const digestOf = ({ key }: DataKey): Buffer => createHash('sha256').update(key).digest()

/**
 * The KEKs, unwrapped by the KMS: those of the start at once, and one that another process has made since
 * when something names it. One that is disabled or destroyed unwraps nothing.
 *
 * Each is unwrapped anew by its provider from time to time. While that fails it is used on, up to `holdMs`
 * after the last time it did not; then, and at once where the provider says that its key is disabled, it is
 * wiped, and what asks for it is told UNAVAILABLE until the provider unwraps it again.
 */
export class Keks {
  readonly #db: Database
  readonly #kms: KmsProvider
  readonly #installation: string
  readonly #held = new Map<string, Held>()
  /** What each KEK was, so that another answer is known also after it was wiped. */
  readonly #digests = new Map<string, Buffer>()
  readonly #lapsed = new Set<string>()
  readonly #health: KmsHealth
  readonly #holdMs: number
  readonly #now: () => number
  readonly #clock: () => Date
  readonly #log: KekOptions['log']
  readonly #whenLapsed: (() => void)[] = []
  #looking: Promise<void> | undefined
  #lookedAt: number
  #isWhole = true
  #isWiped = false
  #timer: NodeJS.Timeout | undefined
  #primary: string | undefined

  constructor(db: Database, kms: KmsProvider, installation: string, options: KekOptions) {
    this.#db = db
    this.#kms = kms
    this.#installation = installation
    this.#holdMs = options.holdMs ?? DAY_MS
    this.#now = options.now ?? (() => performance.now())
    this.#clock = options.clock ?? (() => new Date())
    this.#log = options.log
    this.#health = new KmsHealth(this.#clock)
    this.#lookedAt = this.#now()
  }

  /** Rejects UNAVAILABLE, with what to do, where the KMS can't unwrap one. */
  static async load(
    db: Database,
    kms: KmsProvider,
    connection: Connection,
    options: KekOptions = {},
  ): Promise<Keks> {
    const keks = new Keks(db, kms, await installationName(connection), options)
    for (const row of await connection.orm.select().from(schema.keks)) await keks.#addAtStart(row)
    keks.#timer = setInterval(() => void keks.step().catch(() => undefined), keks.#stepMs).unref()
    return keks
  }

  /** What new keys are wrapped with. */
  get primary(): DataKey {
    const id = this.#primary
    const kek = id === undefined ? undefined : this.#usable(id)
    if (kek === undefined)
      throw new ChartwardError('UNAVAILABLE', 'There is no primary KEK: run `chartward init` first.')
    return kek
  }

  /**
   * The KEK of this id, or undefined where there is none that may be used. Rejects UNAVAILABLE for a lapsed
   * one.
   */
  async byId(id: string): Promise<DataKey | undefined> {
    const known = this.#usable(id)
    if (known !== undefined) return known
    const [row] = await this.#db.orm.select().from(schema.keks).where(eq(schema.keks.id, id))
    return row === undefined ? undefined : this.#add(row)
  }

  /** Makes one with id `id`, wrapped by the provider. Rejects as providers do. */
  async make(id: string): Promise<NewKek> {
    const kek = newDataKey(id)
    try {
      return {
        id: kek.id,
        provider: this.#kms.name,
        wrapped: await wrapKek(this.#kms, kek, this.#installation),
      }
    } finally {
      wipeKey(kek.key)
    }
  }

  /**
   * Reads which KEKs there are now, and asks the provider for those alone that are new: another may be
   * primary, and one that was retired is wiped. What the provider does not give now it is asked for by
   * `step`.
   */
  async refresh(): Promise<void> {
    const rows = (await this.#db.orm.select().from(schema.keks)).filter(isUsable)
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of [...this.#held.keys(), ...this.#lapsed]) if (!ids.has(id)) this.#drop(id)
    for (const row of rows) {
      if (this.#held.has(row.id) || this.#lapsed.has(row.id)) continue
      try {
        await this.#confirm(row)
      } catch (error) {
        if (kmsProblemOf(error) === null) throw error
        this.#isWhole = false
      }
    }
    this.#follow(rows)
  }

  /** Has `forget` called whenever KEKs have lapsed: what was unwrapped under them must not be used on. */
  onLapse(forget: () => void): void {
    this.#whenLapsed.push(forget)
  }

  state(): KekState {
    const now = this.#now()
    const left = [...this.#held.values()].map(({ confirmedAt }) => confirmedAt + this.#holdMs - now)
    return {
      wrapping: this.#kms.name,
      providers: this.#health.values(),
      holdMs: this.#holdMs,
      heldUntil: left.length === 0 ? null : new Date(this.#clock().getTime() + Math.min(...left)),
      lapsed: this.#lapsed.size,
    }
  }

  wipe(): void {
    this.#isWiped = true
    clearInterval(this.#timer)
    for (const { kek } of this.#held.values()) wipeKey(kek.key)
    this.#held.clear()
  }

  /** Done once a minute: what is too old lapses, and providers are asked where it is time. */
  async step(): Promise<void> {
    const now = this.#now()
    // One that would get too old before the next look lapses now, so that none is used for longer.
    const old = [...this.#held].filter(
      ([, { confirmedAt }]) => now - confirmedAt + this.#stepMs > this.#holdMs,
    )
    const isDue = now - this.#lookedAt >= this.#holdMs / ASKED_TIMES
    if (old.length > 0 || this.#lapsed.size > 0) this.#lapse(old.map(([id]) => id))
    if (isDue || !this.#isWhole) await this.look()
  }

  /** Reads the rows again and has each KEK unwrapped anew. Rejects where the database can't be read. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  get #stepMs(): number {
    return Math.min(MOST_STEP_MS, this.#holdMs / ASKED_TIMES)
  }

  async #look(): Promise<void> {
    this.#lookedAt = this.#now()
    this.#isWhole = false
    const rows = (await this.#db.orm.select().from(schema.keks)).filter(isUsable)
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of [...this.#held.keys(), ...this.#lapsed]) if (!ids.has(id)) this.#drop(id)
    this.#health.keep(new Set(rows.map(({ provider }) => provider)))
    let isWhole = true
    for (const row of rows) {
      try {
        await this.#confirm(row)
      } catch (error) {
        const problem = kmsProblemOf(error)
        if (problem === null) throw error
        isWhole = false
        if (problem === 'disabled') this.#lapse([row.id])
      }
    }
    this.#follow(rows)
    this.#isWhole = isWhole
  }

  /** The KEK in force wraps once it was held: until then the one before does, or no key could be made. */
  #follow(rows: readonly KekRow[]): void {
    const id = rows.find(({ state }) => state === 'primary')?.id
    if (id === undefined) return
    if (this.#held.has(id) || this.#lapsed.has(id)) this.#primary = id
    else this.#log?.warn('the key store does not give the KEK in force: the one before wraps on')
  }

  #usable(id: string): DataKey | undefined {
    const held = this.#held.get(id)
    if (held !== undefined && this.#now() - held.confirmedAt <= this.#holdMs) return held.kek
    if (held !== undefined) this.#lapse([id])
    if (this.#lapsed.has(id)) throw lapsedError()
    return undefined
  }

  #lapse(ids: readonly string[]): void {
    for (const id of ids) {
      this.#drop(id)
      this.#lapsed.add(id)
    }
    if (ids.length > 0) this.#log?.warn('the KEKs that the key store has not confirmed are used no longer')
    for (const forget of this.#whenLapsed) forget()
  }

  #drop(id: string): void {
    const held = this.#held.get(id)
    if (held !== undefined) wipeKey(held.kek.key)
    this.#held.delete(id)
    this.#lapsed.delete(id)
  }

  /** One that is pending wraps nothing yet: whoever put it there must not keep the process from its start. */
  async #addAtStart(row: KekRow): Promise<void> {
    try {
      await this.#add(row)
    } catch (error) {
      if (row.state !== 'pending') throw error
      this.#isWhole = false
    }
  }

  async #add(row: KekRow): Promise<DataKey | undefined> {
    if (!isUsable(row)) return undefined
    try {
      const kek = await this.#confirm(row)
      if (row.state === 'primary') this.#primary = row.id
      return kek
    } catch (error) {
      const problem = kmsProblemOf(error)
      if (problem === null) throw error
      throw new ChartwardError('UNAVAILABLE', sentence(KMS_SAYS[problem]), { cause: error })
    }
  }

  /** Unwraps one by its provider, and holds it from when that was asked. */
  async #confirm(row: KekRow): Promise<DataKey> {
    const askedAt = this.#now()
    const kek = await this.#unwrap(row)
    const before = this.#digests.get(row.id)
    if (this.#isWiped || (before !== undefined && !constantTimeEqual(before, digestOf(kek)))) {
      wipeKey(kek.key)
      throw this.#isWiped
        ? new ChartwardError('UNAVAILABLE')
        : this.#noted(row, askedAt, new KmsError('wrong-answer'))
    }
    this.#noted(row, askedAt, null)
    const held = this.#held.get(row.id)
    if (held !== undefined) {
      // Whoever was lent the bytes that are here goes on with them.
      wipeKey(kek.key)
      held.confirmedAt = askedAt
      return held.kek
    }
    this.#digests.set(row.id, digestOf(kek))
    this.#held.set(row.id, { kek, confirmedAt: askedAt })
    this.#lapsed.delete(row.id)
    return kek
  }

  async #unwrap(row: KekRow): Promise<DataKey> {
    const askedAt = this.#now()
    const provider = this.#kms.named(row.provider)
    if (provider === undefined) throw this.#noted(row, askedAt, new KmsError('not-set-up'))
    try {
      return await unwrapKek(provider, row.id, row.wrapped, this.#installation)
    } catch (error) {
      throw this.#noted(row, askedAt, error)
    }
  }

  #noted(row: KekRow, askedAt: number, error: unknown): unknown {
    const problem = error === null ? null : kmsProblemOf(error)
    if (error !== null && problem === null) return error
    if (this.#health.note(row.provider, this.#now() - askedAt, problem)) {
      if (problem === null) this.#log?.info('the key store answers')
      else this.#log?.warn({ kmsProblem: problem }, 'the key store gives no key')
    }
    return error
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const lapsedError = (): ChartwardError =>
  new ChartwardError(
    'UNAVAILABLE',
    'The key store has not confirmed the key for too long, or has disabled it, so nothing is opened with it. Whoever runs the key store has to enable the key and see that it answers.',
  )
