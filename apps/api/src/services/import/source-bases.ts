import { exactToken } from '@chartward/crypto'
import { type Transaction, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { namedId, newId } from '../../core/ids.ts'
import type { SystemKey } from '../../keys/system-keys.ts'
import type { SealedRow } from '../../vouch/kinds.ts'
import { keyOf } from './tokens.ts'

/** As many servers as one source can stand for: more is no source, and each is looked up by itself. */
export const MOST_BASES = 100

type BaseRow = SealedRow<'source-base'> & { readonly id: string }

/**
 * The servers that a source is known by. A server's ids are told from another's by the id of its row, so that
 * the URL itself is kept nowhere. Each row is vouched for, and none may be missing: without one, resources of
 * its server would be taken for new ones, or for another server's.
 */
export class SourceBases {
  readonly #app: App
  readonly #source: string
  /** Whose the rows are, which is a source and nobody. */
  readonly #owner: string
  readonly #idOf = new Map<string, string>()
  #rows: readonly BaseRow[] = []
  #first: string | null = null
  #loaded = false

  constructor(app: App, source: string) {
    this.#app = app
    this.#source = source
    this.#owner = namedId(`source:${source}`)
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
      if (this.#find(base) || (await this.#add(base))) continue
      refused.add(base)
    }
    return refused
  }

  /** Learns anew, in a transaction, what is known of them by now, and adds none. */
  async recall(sql: Transaction['sql'] | App['db']['sql'], bases: Iterable<string>): Promise<void> {
    await this.#load(sql)
    for (const base of bases) this.#find(base)
  }

  #find(base: string): boolean {
    if (this.#idOf.has(base)) return true
    const tokens = new Set(this.#keys().map(({ key }) => keyOf(this.#tokenOf(key, base))))
    const row = this.#rows.find(({ token }) => tokens.has(keyOf(token)))
    if (row !== undefined) this.#idOf.set(base, row.id)
    return row !== undefined
  }

  async #load(sql: Transaction['sql'] | App['db']['sql'] = this.#app.db.sql): Promise<void> {
    const rows = await sql<BaseRow[]>`
      select id, owner, source, token, key_version as "keyVersion", is_first as "isFirst",
        row_version as "rowVersion", seal
      from source_bases where source = ${this.#source} order by id`
    if (!(await this.#app.vouching.admitsAll('source-base', this.#owner, rows)))
      throw new ChartwardError(
        'INTEGRITY',
        'A server that this source is known by is not what was stored, or is gone: restore the table source_bases.',
      )
    this.#rows = rows
    this.#first = rows.find(({ isFirst }) => isFirst)?.id ?? null
    this.#loaded = true
  }

  /** Whether there was place for one more; another import may have been faster. */
  async #add(base: string): Promise<boolean> {
    const app = this.#app
    await withTransaction(app.db, 'none', async (tx) => {
      await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`source ${this.#source}`}, 0))`
      await this.#load(tx.sql)
      if (this.#find(base) || this.#rows.length >= MOST_BASES) return
      const { key, version } = app.keyring.tokenKey('source-ids')
      const id = newId()
      await app.vouching.insert(tx, 'source-base', [
        {
          id,
          owner: this.#owner,
          source: this.#source,
          token: this.#tokenOf(key, base),
          keyVersion: version,
          isFirst: this.#rows.length === 0,
        },
      ])
      await app.audit.append(tx, {
        action: 'import.server-known',
        outcome: 'success',
        actor: { kind: 'service', name: 'import' },
        resource: { type: 'SourceBase', id },
        facts: { source: this.#source },
      })
    })
    await this.#load()
    return this.#find(base)
  }

  #keys(): readonly SystemKey[] {
    return this.#app.keyring.tokenKeys('source-ids')
  }

  #tokenOf(key: Uint8Array, base: string): Buffer {
    return exactToken(key, `base:${this.#source}`, base)
  }
}
