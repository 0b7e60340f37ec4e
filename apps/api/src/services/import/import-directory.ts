import { type Database, withTransaction } from '@chartward/db'
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

/**
 * The directory entries that an import has met, so that the thousandth mention of a practitioner costs no statement. Entries are
 * made whenever they are first named: a practitioner who is named before being imported gets a row without content.
 */
export class DirectoryImport {
  readonly #app: App
  readonly #known = new Map<string, Known>()

  constructor(app: App) {
    this.#app = app
  }

  /** Stores practitioners and organizations, new or changed; gives how many of each. */
  async store(
    records: readonly MappedRecord[],
  ): Promise<{ created: number; updated: number; unchanged: number }> {
    const { db, keyring, clock } = this.#app
    const counts = { created: 0, updated: 0, unchanged: 0 }
    for (const record of records) {
      const token = sourceToken(keyring, record.type, record.sourceId)
      const content = contentToken(keyring, record.type, wholeTextOf(classTextsOf(record.fields)))
      const known = await this.#find(db, token)
      if (known?.content?.equals(content)) {
        counts.unchanged += 1
        continue
      }
      const id = known?.id ?? newId()
      const sealed = sealDirectoryEntry(keyring, id, record.fields)
      const [npi] = searchValues(record.type, record.fields).flatMap(({ values }) => values)
      const npiOrNull = npi === undefined ? null : npiToken(keyring, npi)
      const [row] = await db.sql<{ id: string; made: boolean }[]>`
        insert into directory_entries (id, type, source_token, npi_token, content_tag, content, updated_at)
        values (${id}, ${record.type}, ${token}, ${npiOrNull}, ${content}, ${sealed}, ${clock().toISOString()})
        on conflict (source_token) do update
          set npi_token = excluded.npi_token, content_tag = excluded.content_tag, updated_at = excluded.updated_at,
            content = case when directory_entries.id = excluded.id then excluded.content else directory_entries.content end
        returning id, (xmax = 0) as made`
      if (row !== undefined && row.id !== id) {
        // Another import made the entry meanwhile, under an id that our ciphertext is not bound to.
        await db.sql`update directory_entries set content = ${sealDirectoryEntry(keyring, row.id, record.fields)} where id = ${row.id}`
      }
      counts[known === null ? 'created' : 'updated'] += 1
      this.#known.set(token.toString('base64'), { id: row?.id ?? id, content })
    }
    return counts
  }

  /** The directory's ids of practitioners named by source id; those in `certain` are made where they are not known yet. */
  async practitioners(sourceIds: ReadonlySet<string>): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const sourceId of sourceIds) {
      const known = await this.#find(this.#app.db, sourceToken(this.#app.keyring, 'Practitioner', sourceId))
      if (known !== null) found.set(sourceId, known.id)
    }
    return found
  }

  async #find(db: Database, token: Buffer): Promise<Known | null> {
    const key = token.toString('base64')
    const cached = this.#known.get(key)
    if (cached !== undefined) return cached
    const [row] = await withTransaction(
      db,
      'none',
      (tx) => tx.sql<{ id: string; content_tag: Buffer | null }[]>`
        select id, content_tag from directory_entries where source_token = ${token}`,
    )
    if (row === undefined) return null
    const known = { id: row.id, content: row.content_tag }
    this.#known.set(key, known)
    return known
  }
}
