import { rowHash } from '@chartward/audit'
import { exactToken, normaliseIdentifier, normaliseName } from '@chartward/crypto'
import { type Connection, schema } from '@chartward/db'
import { displayName, npisOf, type RecordFields } from '@chartward/fhir'
import type { ResourceType } from '@chartward/policy'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { classTextsOf, fieldsIn, wholeTextOf } from '../../vault/class-texts.ts'

/** A practitioner or organization as people need to see it: never more than a name and an NPI. */
export interface DirectoryEntry {
  readonly id: string
  readonly name: string
  readonly npi: string | null
}

/** The one place in which an entry of the directory opens. */
export const directoryBinding = (id: string) => ({
  purpose: 'directory',
  table: 'directory_entries',
  fieldClass: 'directory',
  rowId: id,
  rowVersion: 1,
})

export const sealDirectoryEntry = (keyring: Keyring, id: string, fields: RecordFields): Buffer =>
  keyring.seal('directory', directoryBinding(id), Buffer.from(wholeTextOf(classTextsOf(fields))))

/** A directory entry's row without its ciphertext. */
interface DirectoryRow {
  readonly id: string
  readonly type: string
  readonly token: Uint8Array
  readonly keyVersion: number
  readonly npi: Uint8Array | null
  readonly npiKeyVersion: number
  readonly content: Uint8Array | null
  readonly trusted: boolean
}

/** What the entry that wrote a directory entry commits to. */
export const directoryHash = (row: DirectoryRow): Uint8Array =>
  rowHash('directory_entries', [
    row.id,
    row.type,
    row.token,
    row.keyVersion,
    row.npi,
    row.npiKeyVersion,
    row.content,
    row.trusted,
  ])

/** The same row as the database gives it. */
export interface StoredDirectoryRow {
  readonly id: string
  readonly type: string
  readonly source_token: Buffer
  readonly key_version: number
  readonly npi_token: Buffer | null
  readonly npi_key_version: number
  readonly content_tag: Buffer | null
  readonly trusted: boolean
}

export const storedDirectoryHash = (row: StoredDirectoryRow): Uint8Array =>
  directoryHash({
    id: row.id,
    type: row.type,
    token: row.source_token,
    keyVersion: row.key_version,
    npi: row.npi_token,
    npiKeyVersion: row.npi_key_version,
    content: row.content_tag,
    trusted: row.trusted,
  })

/** The token that an NPI is found by under a version of the index's key. */
export const npiTokenUnder = (key: Uint8Array, npi: string): Buffer =>
  exactToken(key, 'Practitioner.npi', normaliseIdentifier(npi))

/** The token that a new entry is found by. */
export const npiToken = (keyring: Keyring, npi: string): Buffer =>
  npiTokenUnder(keyring.tokenKey('blind-index').key, npi)

/** What a directory entry says. Rejects with CryptoError where it does not open in its place. */
export const openDirectoryFields = async (
  keyring: Keyring,
  id: string,
  content: Buffer,
): Promise<RecordFields> =>
  fieldsIn((await keyring.open('directory', directoryBinding(id), content)).toString())

const openEntry = async (keyring: Keyring, id: string, content: Buffer | null): Promise<DirectoryEntry> => {
  if (content === null) return { id, name: 'not yet imported', npi: null }
  const fields = await openDirectoryFields(keyring, id, content)
  const [npi] = npisIn('Practitioner', fields)
  const { name } = fields.identity ?? {}
  return {
    id,
    name: typeof name === 'string' ? name : displayName(name) || 'without a name',
    npi: npi ?? null,
  }
}

/** The NPIs that an entry of a type holds: it is found by the first. */
export const npisIn = (type: ResourceType, { identity }: RecordFields): string[] => {
  const identifiers: unknown = type === 'Practitioner' ? identity?.npi : undefined
  return Array.isArray(identifiers) ? npisOf(identifiers) : []
}

/** What tells whether two entries with the same NPI are of one person: family names, however written. */
export const namesIn = ({ identity }: RecordFields): ReadonlySet<string> => {
  const names: unknown = identity?.name
  const all: readonly unknown[] = Array.isArray(names) ? names : []
  return new Set(
    all.flatMap((name) => {
      if (typeof name !== 'object' || name === null) return []
      const { family = null, text = null }: { family?: unknown; text?: unknown } = name
      if (typeof family === 'string') return [normaliseName(family)]
      return typeof text === 'string' ? text.split(/\s+/u).map(normaliseName) : []
    }),
  )
}

export const areAlike = (
  { names }: { readonly names: ReadonlySet<string> },
  other: { readonly names: ReadonlySet<string> },
): boolean => [...names].some((name) => name !== '' && other.names.has(name))

/**
 * The practitioner with this NPI (10 digits, however spaced), or null. An entry of a trusted file goes
 * before those of untrusted ones, which can claim any NPI. Of one person whom several sources have, it is
 * the entry that came first: care follows the NPI to each. Throws CONFLICT where several that are trusted
 * alike carry it and name different people, or none is trusted: no rule could say which is meant.
 */
export const practitionerByNpi = async (
  { db, keyring }: App,
  npi: string,
): Promise<DirectoryEntry | null> => {
  const { directoryEntries } = schema
  const tokens = keyring.tokenKeys('blind-index').map(({ key }) => npiTokenUnder(key, npi))
  const rows = await db.orm
    .select()
    .from(directoryEntries)
    .where(and(eq(directoryEntries.type, 'Practitioner'), inArray(directoryEntries.npiToken, tokens)))
    .orderBy(desc(directoryEntries.trusted), directoryEntries.id)
  const [row] = rows
  if (row === undefined) return null
  const alike = rows.filter(({ trusted }) => trusted === row.trusted)
  if (alike.length > 1 && !(row.trusted && (await areOnePerson(keyring, alike))))
    throw new ChartwardError('CONFLICT', 'The directory has several practitioners with this NPI.', {
      field: 'npi',
    })
  return openEntry(keyring, row.id, row.content)
}

const areOnePerson = async (
  keyring: Keyring,
  rows: readonly { readonly id: string; readonly content: Buffer | null }[],
): Promise<boolean> => {
  const people = await Promise.all(
    rows.map(async ({ id, content }) => ({
      names: content === null ? new Set<string>() : namesIn(await openDirectoryFields(keyring, id, content)),
    })),
  )
  const [first] = people
  return first !== undefined && people.slice(1).every((other) => areAlike(first, other))
}

export const practitionerById = async ({ db, keyring }: App, id: string): Promise<DirectoryEntry | null> =>
  (await directoryNames(db, keyring, [id])).get(id) ?? null

/** The entries with the given ids, for showing whom a reference means. */
export const directoryNames = async (
  connection: Connection,
  keyring: Keyring,
  ids: readonly string[],
): Promise<Map<string, DirectoryEntry>> => {
  if (ids.length === 0) return new Map()
  const rows = await connection.sql<{ id: string; content: Buffer | null }[]>`
    select id, content from directory_entries where id = any(${[...ids]}::uuid[])`
  const entries = await Promise.all(rows.map((row) => openEntry(keyring, row.id, row.content)))
  return new Map(entries.map((entry) => [entry.id, entry]))
}
