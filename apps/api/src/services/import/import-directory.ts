import { byteaArray } from '@chartward/db'
import { type MappedRecord, searchValues } from '@chartward/fhir'
import type { App } from '../../core/app.ts'
import { newId } from '../../core/ids.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { npiToken, sealDirectoryEntry } from '../directory/directory.ts'
import { contentToken, sourceToken } from './tokens.ts'

interface Known {
  readonly id: string
  readonly content: Buffer | null
}

interface Entry {
  readonly record: MappedRecord
  readonly token: Buffer
  readonly content: Buffer
}

export interface DirectoryCounts {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

const keyOf = (token: Buffer): string => token.toString('base64')

/**
 * The directory entries that an import has met, so that the thousandth mention of a practitioner costs no statement, and a batch
 * costs two, however many it names.
 */
export class DirectoryImport {
  readonly #app: App
  readonly #known = new Map<string, Known>()

  constructor(app: App) {
    this.#app = app
  }

  /** Stores practitioners and organizations, new or changed; gives how many of each. A repeated source id counts once, the last. */
  async store(records: readonly MappedRecord[]): Promise<DirectoryCounts> {
    const { keyring } = this.#app
    const entries = new Map<string, Entry>()
    for (const record of records) {
      const token = sourceToken(keyring, record.type, record.sourceId)
      const content = contentToken(keyring, record.type, wholeTextOf(classTextsOf(record.fields)))
      entries.set(keyOf(token), { record, token, content })
    }
    await this.#lookUp([...entries.values()].map(({ token }) => token))
    const changed = [...entries].filter(
      ([key, { content }]) => !this.#known.get(key)?.content?.equals(content),
    )
    const created = changed.filter(([key]) => !this.#known.has(key)).length
    // In order of token: two imports that write the same entries at once must not wait for each other.
    if (changed.length > 0) await this.#write(changed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, e]) => e))
    return { created, updated: changed.length - created, unchanged: records.length - changed.length }
  }

  /** The directory's ids of those of these source ids that it knows as practitioners. */
  async practitioners(sourceIds: ReadonlySet<string>): Promise<Map<string, string>> {
    const tokens = new Map(
      [...sourceIds].map((id) => [id, sourceToken(this.#app.keyring, 'Practitioner', id)] as const),
    )
    await this.#lookUp([...tokens.values()])
    const found = new Map<string, string>()
    for (const [sourceId, token] of tokens) {
      const known = this.#known.get(keyOf(token))
      if (known !== undefined) found.set(sourceId, known.id)
    }
    return found
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    const {
      db: { sql },
      keyring,
      clock,
    } = this.#app
    const rows = entries.map(({ record, token, content }) => {
      const id = this.#known.get(keyOf(token))?.id ?? newId()
      const [npi] = searchValues(record.type, record.fields).flatMap(({ values }) => values)
      return {
        id,
        record,
        token,
        content,
        npi: npi === undefined ? null : npiToken(keyring, npi),
        sealed: sealDirectoryEntry(keyring, id, record.fields),
      }
    })
    const bytes = (column: 'token' | 'npi' | 'content' | 'sealed') =>
      byteaArray(
        sql,
        rows.map((row) => row[column]),
      )
    const stored = await sql<{ id: string; source_token: Buffer }[]>`
      insert into directory_entries (id, type, source_token, npi_token, content_tag, content, updated_at)
      select id, type, source_token, npi_token, content_tag, content, ${clock().toISOString()}::timestamptz
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ record }) => record.type)}::text[], ${bytes('token')},
        ${bytes('npi')}, ${bytes('content')}, ${bytes('sealed')})
        as entry (id, type, source_token, npi_token, content_tag, content)
      on conflict (source_token) do update
        set npi_token = excluded.npi_token, content_tag = excluded.content_tag, updated_at = excluded.updated_at,
          content = case when directory_entries.id = excluded.id then excluded.content else directory_entries.content end
      returning id, source_token`
    const ids = new Map(stored.map((row) => [keyOf(row.source_token), row.id]))
    for (const { id: ours, token, content, record } of rows) {
      const id = ids.get(keyOf(token)) ?? ours
      if (id !== ours) {
        // Another import made the entry meanwhile, under an id that our ciphertext is not bound to.
        await sql`update directory_entries set content = ${sealDirectoryEntry(keyring, id, record.fields)} where id = ${id}`
      }
      this.#known.set(keyOf(token), { id, content })
    }
  }

  /** Learns of those of the tokens that are not known yet which are in the directory. */
  async #lookUp(tokens: readonly Buffer[]): Promise<void> {
    const unknown = tokens.filter((token) => !this.#known.has(keyOf(token)))
    if (unknown.length === 0) return
    const { sql } = this.#app.db
    const rows = await sql<{ id: string; source_token: Buffer; content_tag: Buffer | null }[]>`
      select id, source_token, content_tag from directory_entries where source_token = any(${byteaArray(sql, unknown)})`
    for (const row of rows) this.#known.set(keyOf(row.source_token), { id: row.id, content: row.content_tag })
  }
}
