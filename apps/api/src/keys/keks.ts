import type { DataKey, KmsProvider } from '@chartward/crypto'
import { newDataKey, wipeKey } from '@chartward/crypto'
import { type Connection, type Database, schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../core/errors.ts'
import { mayBeUsed } from './system-keys.ts'

type KekRow = typeof schema.keks.$inferSelect

const isUsable = ({ state }: KekRow): boolean => mayBeUsed(state)

/** A KEK that was just made, for the caller to store: it wraps once `refresh` has read it. */
export interface NewKek {
  readonly id: string
  readonly provider: string
  readonly wrapped: Buffer
}

/**
 * The KEKs, unwrapped by the KMS: those of the start at once, and one that another process has made since
 * when something names it, or at the next look. One that is disabled or destroyed unwraps nothing.
 */
export class Keks {
  readonly #db: Database
  readonly #kms: KmsProvider
  readonly #byId = new Map<string, DataKey>()
  #primary: DataKey | undefined

  constructor(db: Database, kms: KmsProvider) {
    this.#db = db
    this.#kms = kms
  }

  /** Rejects UNAVAILABLE where the KMS can't unwrap one, or none is primary. */
  static async load(db: Database, kms: KmsProvider, connection: Connection): Promise<Keks> {
    const keks = new Keks(db, kms)
    for (const row of await connection.orm.select().from(schema.keks)) await keks.#add(row)
    return keks
  }

  /** What new keys are wrapped with. */
  get primary(): DataKey {
    if (this.#primary === undefined)
      throw new ChartwardError('UNAVAILABLE', 'There is no primary KEK: run `chartward init` first.')
    return this.#primary
  }

  /** The KEK of this id, or undefined where there is none that may be used. */
  async byId(id: string): Promise<DataKey | undefined> {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const [row] = await this.#db.orm.select().from(schema.keks).where(eq(schema.keks.id, id))
    return row === undefined ? undefined : this.#add(row)
  }

  /** Makes one, wrapped by the KMS. */
  async make(id: string): Promise<NewKek> {
    const kek = newDataKey(id)
    try {
      return { id: kek.id, provider: this.#kms.name, wrapped: await this.#kms.wrap(kek.key) }
    } finally {
      wipeKey(kek.key)
    }
  }

  /** Reads which KEKs there are now: another may be primary, and one that was retired is wiped. */
  async refresh(): Promise<void> {
    const rows = await this.#db.orm.select().from(schema.keks)
    for (const row of rows) {
      const known = this.#byId.get(row.id)
      if (known === undefined) await this.#add(row)
      else if (row.state === 'primary') this.#primary = known
    }
    const usable = new Set(rows.filter(isUsable).map(({ id }) => id))
    for (const [id, { key }] of this.#byId) {
      if (usable.has(id)) continue
      this.#byId.delete(id)
      if (this.#primary?.id === id) this.#primary = undefined
      wipeKey(key)
    }
  }

  wipe(): void {
    for (const { key } of this.#byId.values()) wipeKey(key)
  }

  async #add(row: KekRow): Promise<DataKey | undefined> {
    if (!isUsable(row)) return undefined
    if (row.provider !== this.#kms.name)
      throw new ChartwardError(
        'UNAVAILABLE',
        `A KEK was wrapped by ${row.provider}, not by ${this.#kms.name}.`,
      )
    const kek = { id: row.id, key: await this.#kms.unwrap(row.wrapped) }
    this.#byId.set(row.id, kek)
    if (row.state === 'primary') this.#primary = kek
    return kek
  }
}
