import { constantTimeEqual, exactToken } from '@chartward/crypto'
import type { Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { SystemKey } from '../../keys/system-keys.ts'
import { keyOf } from './tokens.ts'

/** As many servers as one source can stand for: more is no source, and each is looked up by itself. */
export const MOST_BASES = 100

interface BaseRow {
  readonly id: string
  readonly token: Buffer
  readonly key_version: number
  readonly is_first: boolean
  readonly tag: Buffer
}

/**
 * The servers that a source is known by. A server's ids are told from another's by the id of its row, so that
 * the URL itself is kept nowhere.
 */
export class SourceBases {
  readonly #app: App
  readonly #source: string
  readonly #idOf = new Map<string, string>()
  #rows: readonly BaseRow[] = []
  #first: string | null = null
  #loaded = false

  constructor(app: App, source: string) {
    this.#app = app
    this.#source = source
  }

  /** The ids of all that are known. */
  get ids(): readonly string[] {
    return this.#rows.map(({ id }) => id)
  }

  /** The one that came first: what is meant where nothing says which, as long as there is no other. */
  get first(): string | null {
    return this.#first
  }

  /** The id that goes for a base, or null where the source is not known by it. */
  idOf(base: string): string | null {
    return this.#idOf.get(base) ?? null
  }

  /** Learns of these bases, as the source's from now on. Gives those for which there is no place any more. */
  async know(bases: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (!this.#loaded) await this.#load()
    const refused = new Set<string>()
    for (const base of bases) {
      if (this.#idOf.has(base)) continue
      if (!this.#find(base)) {
        if (this.#rows.length >= MOST_BASES) {
          refused.add(base)
          continue
        }
        await this.#add(base)
      }
      if (!this.#find(base)) throw new ChartwardError('UNAVAILABLE', 'A base of the source was not stored.')
    }
    return refused
  }

  /** Learns anew, in a transaction, what is known of them by now, and adds none. */
  async recall(sql: Transaction['sql'] | App['db']['sql'], bases: Iterable<string>): Promise<void> {
    await this.#load(sql)
    for (const base of bases) this.#find(base)
  }

  #find(base: string): boolean {
    const tokens = new Set(this.#keys().map(({ key }) => keyOf(this.#tokenOf(key, base))))
    const row = this.#rows.find(({ token }) => tokens.has(keyOf(token)))
    if (row !== undefined) this.#idOf.set(base, row.id)
    return row !== undefined
  }

  async #load(sql: Transaction['sql'] | App['db']['sql'] = this.#app.db.sql): Promise<void> {
    const rows = await sql<BaseRow[]>`
      select id, token, key_version, is_first, tag from source_bases where source = ${this.#source} order by id`
    for (const row of rows) {
      const key = this.#keys().find(({ version }) => version === row.key_version)
      if (key === undefined || !constantTimeEqual(this.#tagOf(key.key, row), row.tag))
        throw new ChartwardError(
          'INTEGRITY',
          'A server that this source is known by is not what was stored: restore the table source_bases.',
        )
    }
    this.#rows = rows
    this.#first = rows.find(({ is_first }) => is_first)?.id ?? null
    this.#loaded = true
  }

  async #add(base: string): Promise<void> {
    const { key, version } = this.#app.keyring.tokenKey('source-ids')
    const row = { id: newId(), token: this.#tokenOf(key, base), is_first: this.#rows.length === 0 }
    // Where another import has been faster, its row is the one that counts.
    await this.#app.db.sql`
      insert into source_bases (id, source, token, key_version, is_first, tag)
      values (${row.id}, ${this.#source}, ${row.token}, ${version}, ${row.is_first}, ${this.#tagOf(key, row)})
      on conflict do nothing`
    await this.#load()
    if (this.#find(base)) return
    const next = { ...row, is_first: false }
    await this.#app.db.sql`
      insert into source_bases (id, source, token, key_version, is_first, tag)
      values (${next.id}, ${this.#source}, ${next.token}, ${version}, false, ${this.#tagOf(key, next)})
      on conflict do nothing`
    await this.#load()
  }

  #keys(): readonly SystemKey[] {
    return this.#app.keyring.tokenKeys('source-ids')
  }

  #tokenOf(key: Uint8Array, base: string): Buffer {
    return exactToken(key, `base:${this.#source}`, base)
  }

  #tagOf(key: Uint8Array, { id, token, is_first }: Pick<BaseRow, 'id' | 'token' | 'is_first'>): Buffer {
    return exactToken(key, `base-row:${this.#source}`, [id, is_first, token.toString('hex')].join(':'))
  }
}
