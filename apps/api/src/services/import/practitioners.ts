import { CryptoError } from '@chartward/crypto'
import { byteaArray, type Transaction } from '@chartward/db'
import { fromRecord, linksOf, type RecordFields, sourceIdOf, splitSourceId, type Who } from '@chartward/fhir'
import { isResourceType, type ResourceType } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { areAlike, namesIn, npisIn, npiTokenUnder, openDirectoryFields } from '../directory/directory.ts'
import { Identities } from './identity.ts'
import { SourceBases } from './source-bases.ts'
import { isUnchanged, keyOf, sourceTokens } from './tokens.ts'

/** Somebody who is named, and whose ids the name is of. */
export interface Named {
  readonly source: string
  readonly who: Who
}

/** A row of the directory. */
export interface EntryRow {
  readonly id: string
  readonly type: string
  readonly source_token: Buffer
  readonly key_version: number
  readonly npi_token: Buffer | null
  readonly content_tag: Buffer | null
  readonly content: Buffer | null
  readonly trusted: boolean
}

/** What a directory entry says, as far as it tells who somebody is. */
interface Entry {
  readonly id: string
  readonly trusted: boolean
  readonly npis: readonly string[]
  readonly names: ReadonlySet<string>
  /** Whose role it is. */
  readonly role: readonly Who[] | null
}

/** As many entries as are kept opened; more make the oldest be forgotten. */
const MOST_KEPT = 5_000

/**
 * The tokens by which somebody is waited for, under the key in force first. An id counts without its server:
 * what a source is known by changes, and who waits in vain is looked at once too often.
 */
export const waitingTokens = (keyring: Keyring, { source, who }: Named): Buffer[] =>
  who.by === 'id'
    ? sourceTokens(keyring, source, who.type, splitSourceId(who.id).id).map(({ token }) => token)
    : npiTokens(keyring, who.npi)

const npiTokens = (keyring: Keyring, npi: string): Buffer[] =>
  keyring.tokenKeys('blind-index').map(({ key }) => npiTokenUnder(key, npi))

const textOf = ({ source, who }: Named): string =>
  who.by === 'id' ? `${source} ${who.type} ${who.id}` : `npi ${who.npi}`

/** Whom names stand for, as the directory is in one transaction. */
export class Resolved {
  readonly #found: ReadonlyMap<string, readonly Entry[]>
  /** What was looked for, known or not: a change of any of these may change the answer. */
  readonly tokens: readonly Buffer[]

  constructor(found: ReadonlyMap<string, readonly Entry[]>, tokens: readonly Buffer[]) {
    this.#found = found
    this.tokens = tokens
  }

  /**
   * The directory's ids of whom the first of these names that is known stands for. Where `trusted` is wanted,
   * entries of untrusted files are nobody: they can claim any id and any NPI.
   */
  of(source: string, all: readonly Who[], trusted: boolean): readonly string[] {
    for (const who of all) {
      const ids = this.#idsOf({ source, who }, trusted)
      if (ids.length > 0) return [...new Set(ids)]
    }
    return []
  }

  #idsOf(named: Named, trusted: boolean): string[] {
    const { source, who } = named
    if (who.by === 'npi') return this.#ofNpi(who.npi, trusted)
    return this.#entries(named, trusted).flatMap((entry) => {
      if (entry.role !== null)
        return this.of(source, who.type === 'PractitionerRole' ? inRole(who.id, entry.role) : [], trusted)
      // The same person's entries of other sources.
      return [entry.id, ...entry.npis.flatMap((npi) => this.#ofNpi(npi, trusted, entry.id))]
    })
  }

  /** All entries that carry an NPI, which is one person's; none where they name different people. */
  #ofNpi(npi: string, trusted: boolean, beside?: string): string[] {
    const entries = this.#entries({ source: '', who: { by: 'npi', npi } }, trusted)
    if (beside !== undefined && !entries.some(({ id }) => id === beside)) return []
    const [first] = entries
    const isOne = entries.every((entry) => first === entry || (first !== undefined && areAlike(first, entry)))
    return isOne ? entries.map(({ id }) => id) : []
  }

  #entries(named: Named, trusted: boolean): Entry[] {
    return (this.#found.get(textOf(named)) ?? []).filter((entry) => entry.trusted || !trusted)
  }
}

/**
 * Finds whom records name, in the directory as it is. Entries that were opened once are kept for the next
 * patient, as long as they are the same.
 */
export class Practitioners {
  readonly #app: App
  readonly #keyring: Keyring
  /** By source: what a source is known by, as a run that imports it does not see it change. */
  readonly #sources = new Map<string, { readonly bases: SourceBases; readonly identities: Identities }>()
  readonly #kept = new Map<string, { readonly row: EntryRow; readonly entry: Entry | null }>()

  constructor(app: App) {
    this.#app = app
    this.#keyring = app.keyring
  }

  /**
   * Looks for all that are named, for the practitioners of roles among them, and for other entries of the
   * same people.
   */
  async resolve(tx: Transaction, named: readonly Named[]): Promise<Resolved> {
    const found = new Map<string, readonly Entry[]>()
    const tokens: Buffer[] = []
    let asked = named
    while (asked.length > 0) {
      const fresh = new Map(asked.map((one) => [textOf(one), one]))
      for (const key of found.keys()) fresh.delete(key)
      await this.#recall(tx, [...fresh.values()])
      const sought = [...fresh].map(([key, one]) => ({ key, one, ways: this.#waysOf(one) }))
      for (const { one } of sought) tokens.push(...waitingTokens(this.#keyring, one).slice(0, 1))
      const rows = await this.#rows(tx, sought)
      const next: Named[] = []
      for (const { key, one, ways } of sought) {
        const entries: Entry[] = []
        for (const row of rowsUnder(rows, one, ways)) {
          const entry = await this.#open(row)
          if (entry === null || (one.who.by === 'npi' && !entry.npis.includes(one.who.npi))) continue
          entries.push(entry)
          if (entry.role !== null && one.who.by === 'id')
            next.push(...inRole(one.who.id, entry.role).map((who) => ({ source: one.source, who })))
          next.push(...entry.npis.map((npi) => ({ source: '', who: { by: 'npi', npi } as const })))
        }
        found.set(key, entries)
      }
      asked = next.filter((one) => !found.has(textOf(one)))
    }
    return new Resolved(found, tokens)
  }

  /** Learns what the sources of these are known by, now that whoever comes later looks for who waits. */
  async #recall({ sql }: Transaction, named: readonly Named[]): Promise<void> {
    for (const [source, own] of Map.groupBy(named, (one) => one.source)) {
      const ids = own.flatMap(({ who }) => (who.by === 'id' ? [who.id] : []))
      if (ids.length > 0)
        await this.#source(source).bases.recall(
          sql,
          ids.flatMap((id) => splitSourceId(id).base ?? []),
        )
    }
  }

  #source(source: string): { readonly bases: SourceBases; readonly identities: Identities } {
    const known = this.#sources.get(source)
    if (known !== undefined) return known
    const bases = new SourceBases(this.#app, source)
    const made = { bases, identities: new Identities(this.#keyring, source, bases, null) }
    this.#sources.set(source, made)
    return made
  }

  /** The tokens by which somebody may be found, the surest way first; what is in doubt is nobody. */
  #waysOf({ source, who }: Named): Buffer[][] {
    if (who.by === 'npi') return [npiTokens(this.#keyring, who.npi)]
    const { ways } = this.#source(source).identities.of(who.type, who.id)
    return ways.map((way) => way.map(({ token }) => token))
  }

  async #rows(
    { sql }: Transaction,
    sought: readonly { readonly one: Named; readonly ways: readonly (readonly Buffer[])[] }[],
  ): Promise<EntryRow[]> {
    const of = (by: Who['by']) =>
      byteaArray(
        sql,
        sought.flatMap(({ one, ways }) => (one.who.by === by ? ways.flat() : [])),
      )
    if (sought.length === 0) return []
    return sql<EntryRow[]>`
      select id, type, source_token, key_version, npi_token, content_tag, content, trusted from directory_entries
      where type in ('Practitioner', 'PractitionerRole') and (source_token = any(${of('id')}) or npi_token = any(${of('npi')}))
      order by id`
  }

  /** What an entry says; null where it is not what the application wrote, or was named and never came. */
  async #open(row: EntryRow): Promise<Entry | null> {
    const kept = this.#kept.get(row.id)
    if (kept !== undefined && isSame(kept.row, row)) return kept.entry
    const entry = await this.#read(row)
    if (this.#kept.size >= MOST_KEPT)
      for (const oldest of [...this.#kept.keys()].slice(0, MOST_KEPT / 10)) this.#kept.delete(oldest)
    this.#kept.set(row.id, { row, entry })
    return entry
  }

  async #read(row: EntryRow): Promise<Entry | null> {
    const { id, type, content, trusted } = row
    if (content === null || !isResourceType(type)) return null
    try {
      const fields = await openDirectoryFields(this.#keyring, id, content)
      if (!isOwnEntry(this.#keyring, row, type, fields)) return null
      const role = type === 'Practitioner' ? null : roleOf(type, fields)
      return { id, trusted, npis: npisIn(type, fields), names: namesIn(fields), role }
    } catch (error) {
      if (error instanceof CryptoError) return null
      throw error
    }
  }
}

/** Those found by the first way that finds any. */
const rowsUnder = (
  rows: readonly EntryRow[],
  { who }: Named,
  ways: readonly (readonly Buffer[])[],
): readonly EntryRow[] => {
  for (const way of ways) {
    const under = new Set(way.map(keyOf))
    const found = rows.filter(({ type, source_token: source, npi_token: npi }) =>
      who.by === 'id'
        ? type === who.type && under.has(keyOf(source))
        : type === 'Practitioner' && npi !== null && under.has(keyOf(npi)),
    )
    if (found.length > 0) return found
  }
  return []
}

/**
 * Whether the row's trust and token are those that its content was stored with: neither is the database's.
 */
export const isOwnEntry = (
  keyring: Keyring,
  row: EntryRow,
  type: ResourceType,
  fields: RecordFields,
): boolean => {
  const { source_token: token, key_version: keyVersion, content_tag: content, trusted } = row
  return isUnchanged(keyring, type, wholeTextOf(classTextsOf(fields)), {
    token,
    keyVersion,
    trusted,
    content,
  })
}

const roleOf = (type: ResourceType, fields: RecordFields): readonly Who[] =>
  linksOf(type, fromRecord(type, 'role', null, fields), null).care.flatMap(({ who, status }) =>
    status === 'barred' ? [] : who,
  )

/**
 * Whom a role that is known by an id names: a relative reference means the role's own server. A `urn:uuid:`,
 * which may be of either type, is the same everywhere.
 */
const inRole = (id: string, role: readonly Who[]): readonly Who[] => {
  const { base } = splitSourceId(id)
  const isUrn = role.some((who) => who.by === 'id' && who.type === 'PractitionerRole')
  return base === null || isUrn
    ? role
    : role.map((who) =>
        who.by === 'id' && splitSourceId(who.id).base === null
          ? { ...who, id: sourceIdOf(base, who.id) }
          : who,
      )
}

const isSame = (a: EntryRow, b: EntryRow): boolean =>
  a.trusted === b.trusted &&
  a.key_version === b.key_version &&
  a.source_token.equals(b.source_token) &&
  a.content_tag !== null &&
  b.content_tag !== null &&
  a.content_tag.equals(b.content_tag)
