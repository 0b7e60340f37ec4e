import { recordsDigest, toHex, type WrittenRecord } from '@chartward/audit'
import { byteaArray, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import {
  directoryHash,
  npisIn,
  npiToken,
  openDirectoryFields,
  sealDirectoryEntry,
} from '../directory/directory.ts'
import { noteDue } from './care-due.ts'
import { chunksOf } from './chunks.ts'
import { EARLIER_BYTES, sentEarlier } from './earlier.ts'
import type { Identity } from './identity.ts'
import type { Refused, Taking } from './plan-patient.ts'
import type { Refusal } from './refusal.ts'
import type { Identified } from './sourced.ts'
import { contentToken, isUnchanged, keyOf, type SourceRow, type SourceToken } from './tokens.ts'
import { orderOf, type StatedVersion, statedVersion } from './versions.ts'

/** As many entries as one audit entry names, each with a hash: it holds 64 KiB. */
const MOST_HASHED = 500

interface Known extends SourceRow {
  readonly id: string
  readonly content: Buffer | null
  readonly earlier: Buffer
}

interface DirectoryRow {
  readonly id: string
  readonly source_token: Buffer
  readonly key_version: number
  readonly content_tag: Buffer | null
  readonly trusted: boolean
  readonly earlier: Buffer
}

interface Entry {
  readonly item: Identified
  /** What the content's token is made of. */
  readonly text: string
}

export interface DirectoryStored {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Changed ones that were left as they are. */
  readonly refused: readonly Refused[]
}

/**
 * The directory entries that an import has met, so that the thousandth mention of a practitioner costs no
 * statement, and a batch costs few, however many it names.
 */
export class DirectoryImport {
  readonly #app: App
  readonly #taking: Taking
  readonly #known = new Map<string, Known | 'untold'>()

  constructor(app: App, taking: Taking) {
    this.#app = app
    this.#taking = taking
  }

  /**
   * Stores practitioners and organizations, new or changed, each of them once, with their audit entry. What
   * a trusted file has stored, an untrusted one does not change; an older version, or what was sent before,
   * does not take the place of a later one.
   */
  async store(items: readonly Identified[]): Promise<DirectoryStored> {
    const { keyring } = this.#app
    const { trusted } = this.#taking
    await this.#lookUp(items.map(({ identity }) => identity))
    const refused: Refused[] = []
    const open: [string, Entry][] = []
    const before = new Map(items.map(({ identity: { key } }) => [key, this.#known.get(key)]))
    let changed = 0
    for (const item of items) {
      const { type, fields } = item.record
      const { key } = item.identity
      const known = before.get(key)
      const text = wholeTextOf(classTextsOf(fields))
      const isSame = known !== 'untold' && isUnchanged(keyring, type, text, known)
      if (isSame && (!trusted || known?.trusted === true)) continue
      const why = isSame ? null : await this.#refusalOf(item, text, known)
      if (why === 'known') continue
      if (why !== null) refused.push({ item, why })
      else {
        open.push([key, { item, text }])
        changed += isSame ? 0 : 1
      }
    }
    // In order of token: two imports that write the same entries at once must not wait for each other.
    const ordered = open.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
    const written = new Set<string>()
    for (const some of chunksOf(ordered, MOST_HASHED))
      for (const key of await this.#write(some)) written.add(key)
    // Between the look and the write a trusted file was faster.
    for (const [key, { item }] of open) {
      if (written.has(key)) continue
      refused.push({ item, why: 'from-trusted-source' })
      changed -= 1
    }
    const created = open.filter(([key]) => written.has(key) && before.get(key) === undefined).length
    const unchanged = items.length - changed - refused.length
    return { created, updated: changed - created, unchanged, refused }
  }

  /** Why a changed one is not written, or null where it is; `known` where it is a version that was stored. */
  async #refusalOf(
    { record, identity }: Identified,
    text: string,
    known: Known | 'untold' | undefined,
  ): Promise<Refusal | 'known' | null> {
    if (known === undefined) return null
    if (known === 'untold') return 'untold-server'
    const { trusted, mark, asGiven } = this.#taking
    if (known.trusted && !trusted) return 'from-trusted-source'
    const stated = statedVersion(record.fields)
    const order = stated === null ? 'untold' : orderOf(stated, await this.#storedVersion(known.id))
    const { ways } = identity
    const past = sentEarlier(this.#app.keyring, record.type, text, { ways, earlier: known.earlier, mark })
    if ((order === 'older' || order === 'same') && past !== 'no') return 'known'
    if (asGiven) return null
    if (order === 'older') return 'older-version'
    return order === 'untold' && past === 'before' ? 'sent-before' : null
  }

  /** What the directory has of a resource: an entry, one that may be another server's, or none. */
  async knows(identity: Identity): Promise<'entry' | 'untold' | 'none'> {
    await this.#lookUp([identity])
    const known = this.#known.get(identity.key)
    if (known === undefined) return 'none'
    return known === 'untold' ? 'untold' : 'entry'
  }

  async #storedVersion(id: string): Promise<StatedVersion | null> {
    const [row] = await this.#app.db.sql<{ content: Buffer | null }[]>`
      select content from directory_entries where id = ${id}`
    const content = row?.content ?? null
    return content === null ? null : statedVersion(await openDirectoryFields(this.#app.keyring, id, content))
  }

  /**
   * Writes entries and gives the keys of those written: an untrusted one that has become trusted
   * meanwhile is not.
   */
  async #write(entries: readonly Entry[]): Promise<ReadonlySet<string>> {
    const { db, keyring, audit, clock } = this.#app
    const { source, trusted, mark, requestId } = this.#taking
    const { version: npiKeyVersion } = keyring.tokenKey('blind-index')
    const rows = entries.map(({ item: { record, identity }, text }) => {
      const found = this.#known.get(identity.key)
      const known = found === 'untold' ? undefined : found
      const id = known?.id ?? newId()
      // An entry that is there keeps its token, or it would become two: new keys come to it by rotation.
      const { token, keyVersion }: SourceToken = known ?? identity.ways[0][0]
      const content = contentToken(keyring, record.type, text, { token, keyVersion, trusted })
      const [npi] = npisIn(record.type, record.fields)
      return {
        id,
        record,
        key: identity.key,
        token,
        keyVersion,
        content,
        npi: npi === undefined ? null : npiToken(keyring, npi),
        sealed: sealDirectoryEntry(keyring, id, record.fields),
      }
    })
    const ids = await withTransaction(db, 'none', async (tx) => {
      if (trusted) await noteDue(tx, this.#app, source, rows)
      const bytes = (column: 'token' | 'npi' | 'content' | 'sealed') =>
        byteaArray(
          tx.sql,
          rows.map((row) => row[column]),
        )
      const stored = await tx.sql<{ id: string; source_token: Buffer; earlier: Buffer }[]>`
        insert into directory_entries as known (id, type, source_token, key_version, npi_token, npi_key_version, content_tag,
          content, trusted, updated_at)
        select id, type, source_token, key_version, npi_token, ${npiKeyVersion}::smallint, content_tag, content, ${trusted},
          ${clock().toISOString()}::timestamptz
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ record }) => record.type)}::text[], ${bytes('token')},
          ${rows.map(({ keyVersion }) => keyVersion)}::smallint[], ${bytes('npi')}, ${bytes('content')}, ${bytes('sealed')})
          as entry (id, type, source_token, key_version, npi_token, content_tag, content)
        on conflict (source_token) do update
          set npi_token = excluded.npi_token, npi_key_version = excluded.npi_key_version, content_tag = excluded.content_tag, updated_at = excluded.updated_at,
            trusted = excluded.trusted,
            earlier = case when known.content_tag is null then known.earlier else substring(
              known.earlier || known.content_tag || ${mark}::bytea
              from greatest(1, octet_length(known.earlier || known.content_tag || ${mark}::bytea) - ${EARLIER_BYTES} + 1)) end,
            content = case when known.id = excluded.id then excluded.content else known.content end
        where excluded.trusted or not known.trusted
        returning id, source_token, earlier`
      const found = new Map(stored.map((row) => [keyOf(row.source_token), row]))
      const written: WrittenRecord[] = []
      for (const { id: ours, token, keyVersion, npi, content, record } of rows) {
        const id = found.get(keyOf(token))?.id
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
        requestId,
        count: written.length,
        facts: {
          source,
          trusted,
          entries: written.map(({ recordId }) => recordId),
          hashes: written.map(({ hash }) => toHex(hash)),
        },
        records: recordsDigest(written),
      })
      return found
    })
    const written = new Set<string>()
    for (const { key, token, keyVersion, content } of rows) {
      const row = ids.get(keyOf(token))
      if (row === undefined) this.#known.delete(key)
      else {
        const { id, earlier } = row
        this.#known.set(key, { id, content, token, keyVersion, trusted, earlier })
        written.add(key)
      }
    }
    return written
  }

  /** Learns of those that are not known yet which are in the directory, whichever key they were made with. */
  async #lookUp(asked: readonly Identity[]): Promise<void> {
    const unknown = asked.filter(({ key }) => !this.#known.has(key))
    if (unknown.length === 0) return
    const { sql } = this.#app.db
    const tokens = unknown.flatMap(({ ways, doubtful }) =>
      [...ways, ...doubtful].flat().map(({ token }) => token),
    )
    const rows = await sql<DirectoryRow[]>`
      select id, source_token, key_version, content_tag, trusted, earlier from directory_entries
      where source_token = any(${byteaArray(sql, tokens)})`
    const found = new Map(rows.map((row) => [keyOf(row.source_token), row]))
    for (const { key, ways, doubtful } of unknown) {
      const row = ways
        .flat()
        .map(({ token }) => found.get(keyOf(token)))
        .find((one) => one !== undefined)
      if (row === undefined) {
        if (doubtful.flat().some(({ token }) => found.has(keyOf(token)))) this.#known.set(key, 'untold')
        continue
      }
      const { id, source_token: token, key_version: keyVersion, content_tag: content, trusted, earlier } = row
      this.#known.set(key, { id, content, token, keyVersion, trusted, earlier })
    }
  }
}
