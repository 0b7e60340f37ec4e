import { recordsDigest, toHex, type WrittenRecord } from '@chartward/audit'
import { byteaArray, withTransaction } from '@chartward/db'
import { searchValues } from '@chartward/fhir'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { directoryHash, npiToken, sealDirectoryEntry } from '../directory/directory.ts'
import { noteDue } from './care-due.ts'
import { chunksOf } from './chunks.ts'
import type { Provenance } from './provenance.ts'
import type { Sourced } from './sourced.ts'
import {
  contentToken,
  isUnchanged,
  keyOf,
  type SourceRow,
  type SourceTokens,
  sourceTokens,
} from './tokens.ts'

/** As many entries as one audit entry names, each with a hash: it holds 64 KiB. */
const MOST_HASHED = 500

interface Known extends SourceRow {
  readonly id: string
  readonly content: Buffer | null
}

interface DirectoryRow {
  readonly id: string
  readonly source_token: Buffer
  readonly key_version: number
  readonly content_tag: Buffer | null
  readonly trusted: boolean
}

interface Entry {
  readonly item: Sourced
  readonly tokens: SourceTokens
  /** What the content's token is made of. */
  readonly text: string
}

export interface DirectoryStored {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Changed ones of an untrusted file that a trusted one has stored: those were left as they are. */
  readonly refused: readonly Sourced[]
}

/**
 * The directory entries that an import has met, so that the thousandth mention of a practitioner costs no
 * statement, and a batch costs few, however many it names.
 */
export class DirectoryImport {
  readonly #app: App
  readonly #from: Provenance
  readonly #known = new Map<string, Known>()

  constructor(app: App, from: Provenance) {
    this.#app = app
    this.#from = from
  }

  /**
   * Stores practitioners and organizations, new or changed, with their audit entry. A repeated source id
   * counts once, the last. What a trusted file has stored, an untrusted one does not change.
   */
  async store(items: readonly Sourced[]): Promise<DirectoryStored> {
    const { keyring } = this.#app
    const { source, trusted } = this.#from
    const entries = new Map<string, Entry>()
    for (const item of items) {
      const { type, sourceId, fields } = item.record
      const tokens = sourceTokens(keyring, source, type, sourceId)
      entries.set(keyOf(tokens[0].token), { item, tokens, text: wholeTextOf(classTextsOf(fields)) })
    }
    await this.#lookUp([...entries.values()].map(({ tokens }) => tokens))
    const before = new Map([...entries.keys()].map((key) => [key, this.#known.get(key)]))
    const isSame = ([key, { item, text }]: readonly [string, Entry]) =>
      isUnchanged(keyring, item.record.type, text, before.get(key))
    const wanted = [...entries].filter((one) => !isSame(one) || (trusted && !before.get(one[0])?.trusted))
    const open = wanted.filter(([key]) => trusted || before.get(key)?.trusted !== true)
    // In order of token: two imports that write the same entries at once must not wait for each other.
    const ordered = open.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
    const written = new Set<string>()
    for (const some of chunksOf(ordered, MOST_HASHED))
      for (const key of await this.#write(some)) written.add(key)
    const refused = wanted.filter(([key]) => !written.has(key)).map(([, { item }]) => item)
    const created = open.filter(([key]) => written.has(key) && before.get(key) === undefined).length
    const changed = open.filter((one) => written.has(one[0]) && !isSame(one)).length
    return {
      created,
      updated: changed - created,
      unchanged: items.length - changed - refused.length,
      refused,
    }
  }

  /**
   * Writes entries and gives the keys of those written: an untrusted one that has become trusted
   * meanwhile is not.
   */
  async #write(entries: readonly Entry[]): Promise<ReadonlySet<string>> {
    const { db, keyring, audit, clock } = this.#app
    const { trusted } = this.#from
    const { version: npiKeyVersion } = keyring.tokenKey('blind-index')
    const rows = entries.map(({ item: { record }, tokens: [source], text }) => {
      const known = this.#known.get(keyOf(source.token))
      const id = known?.id ?? newId()
      // An entry that is there keeps its token, or it would become two: new keys come to it by rotation.
      const { token, keyVersion } = known ?? source
      const content = contentToken(keyring, record.type, text, { token, keyVersion, trusted })
      const [npi] = searchValues(record.type, record.fields).flatMap(({ values }) => values)
      return {
        id,
        record,
        key: keyOf(source.token),
        token,
        keyVersion,
        content,
        npi: npi === undefined ? null : npiToken(keyring, npi),
        sealed: sealDirectoryEntry(keyring, id, record.fields),
      }
    })
    const ids = await withTransaction(db, 'none', async (tx) => {
      if (trusted) await noteDue(tx, this.#app, this.#from.source, rows)
      const bytes = (column: 'token' | 'npi' | 'content' | 'sealed') =>
        byteaArray(
          tx.sql,
          rows.map((row) => row[column]),
        )
      const stored = await tx.sql<{ id: string; source_token: Buffer }[]>`
        insert into directory_entries as known (id, type, source_token, key_version, npi_token, npi_key_version, content_tag,
          content, trusted, updated_at)
        select id, type, source_token, key_version, npi_token, ${npiKeyVersion}::smallint, content_tag, content, ${this.#from.trusted},
          ${clock().toISOString()}::timestamptz
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ record }) => record.type)}::text[], ${bytes('token')},
          ${rows.map(({ keyVersion }) => keyVersion)}::smallint[], ${bytes('npi')}, ${bytes('content')}, ${bytes('sealed')})
          as entry (id, type, source_token, key_version, npi_token, content_tag, content)
        on conflict (source_token) do update
          set npi_token = excluded.npi_token, npi_key_version = excluded.npi_key_version, content_tag = excluded.content_tag, updated_at = excluded.updated_at,
            trusted = excluded.trusted, content = case when known.id = excluded.id then excluded.content else known.content end
        where excluded.trusted or not known.trusted
        returning id, source_token`
      const found = new Map(stored.map((row) => [keyOf(row.source_token), row.id]))
      const written: WrittenRecord[] = []
      for (const { id: ours, token, keyVersion, npi, content, record } of rows) {
        const id = found.get(keyOf(token))
        if (id === undefined) continue
        if (id !== ours) {
          // Another import made the entry meanwhile, under an id that our ciphertext is not bound to.
          await tx.sql`update directory_entries set content = ${sealDirectoryEntry(keyring, id, record.fields)} where id = ${id}`
        }
        // The directory keeps one version of an entry.
        const row = { id, type: record.type, token, keyVersion, npi, npiKeyVersion, content, trusted }
        written.push({ recordId: id, version: 0, hash: directoryHash(row) })
      }
      if (written.length === 0) return found
      await audit.append(tx, {
        action: 'record.imported',
        outcome: 'success',
        actor: { kind: 'service', name: 'import' },
        resource: { type: 'Directory', id: null },
        count: written.length,
        facts: {
          ...this.#from,
          entries: written.map(({ recordId }) => recordId),
          hashes: written.map(({ hash }) => toHex(hash)),
        },
        records: recordsDigest(written),
      })
      return found
    })
    const written = new Set<string>()
    for (const { key, token, keyVersion, content } of rows) {
      const id = ids.get(keyOf(token))
      if (id === undefined) this.#known.delete(key)
      else {
        this.#known.set(key, { id, content, token, keyVersion, trusted: this.#from.trusted })
        written.add(key)
      }
    }
    return written
  }

  /**
   * Learns of those of the tokens that are not known yet which are in the directory, whichever key they
   * were made with.
   */
  async #lookUp(asked: readonly SourceTokens[]): Promise<void> {
    const unknown = asked.filter(([{ token }]) => !this.#known.has(keyOf(token)))
    if (unknown.length === 0) return
    const { sql } = this.#app.db
    const tokens = unknown.flatMap((all) => all.map(({ token }) => token))
    const rows = await sql<DirectoryRow[]>`
      select id, source_token, key_version, content_tag, trusted from directory_entries
      where source_token = any(${byteaArray(sql, tokens)})`
    const found = new Map(rows.map((row) => [keyOf(row.source_token), row]))
    for (const all of unknown) {
      const row = all.map(({ token }) => found.get(keyOf(token))).find((one) => one !== undefined)
      if (row === undefined) continue
      const { id, source_token: token, key_version: keyVersion, content_tag: content, trusted } = row
      this.#known.set(keyOf(all[0].token), { id, content, token, keyVersion, trusted })
    }
  }
}
