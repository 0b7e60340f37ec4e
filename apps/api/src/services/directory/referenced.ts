import { CryptoError } from '@chartward/crypto'
import { byteaArray, selectInScope } from '@chartward/db'
import { meaningOf, type RecordFields, referenceId, splitSourceId, titleOf } from '@chartward/fhir'
import {
  type FieldPath,
  isFieldPath,
  isResourceType,
  type PatientId,
  projectRecord,
  type ResourceType,
  type Scope,
} from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { rowsOf } from '../../vault/rows.ts'
import { Identities } from '../import/identity.ts'
import { type EntryRow, isOwnEntry } from '../import/practitioners.ts'
import { SourceBases } from '../import/source-bases.ts'
import { keyOf } from '../import/tokens.ts'
import { openDirectoryFields } from './directory.ts'
import { type NamedType, type Reference, referencesIn } from './references-in.ts'

/** Of a record: what its references mean that carry no words of their own, by how they are written. */
export type Names = Readonly<Record<string, string>>

export interface ReferencedNames {
  readonly names: ReadonlyMap<string, Names>
  /** The fields of the directory that were shown. */
  readonly shown: ReadonlySet<FieldPath>
}

/** A record as its reader sees it. */
interface Referring {
  readonly id: string
  readonly type: ResourceType
  readonly values: Readonly<Record<string, unknown>>
}

interface SourceRow {
  readonly source: string
  readonly record_id: string | null
  readonly token: Buffer | null
}

/** A reference of a record, with the tokens by which what it means may be stored, the surest first. */
interface Sought extends Reference {
  readonly recordId: string
  readonly ways: readonly { readonly type: NamedType; readonly tokens: readonly Buffer[] }[]
}

const NOUNS: Readonly<Record<NamedType, string>> = {
  Medication: 'A medication',
  Practitioner: 'A practitioner',
  PractitionerRole: 'A practitioner',
  Organization: 'An organization',
  Location: 'A place',
}

const UNREADABLE = 'that can’t be read: it is not what was stored'

type Asked = readonly { readonly item: Referring; readonly references: readonly Reference[] }[]

const nounOf = ({ types: [type, ...others] }: Reference): string =>
  type === undefined || others.length > 0 ? 'Something' : NOUNS[type]

/**
 * What the references of records mean that carry no words: a medication, practitioner, organization or place
 * of the directory as it is now, whenever it came, cut down to the Scope. One that is not there, or may not
 * be seen, is said to be so; its id is no name.
 */
export const referencedNames = async (
  app: App,
  scope: Scope,
  patientId: PatientId,
  items: readonly Referring[],
): Promise<ReferencedNames> => {
  const names = new Map<string, Record<string, string>>()
  const shown = new Set<FieldPath>()
  const asked = items
    .map((item) => ({ item, references: referencesIn(item.type, item.values) }))
    .filter(({ references }) => references.length > 0)
  if (asked.length === 0) return { names, shown }
  const sought = await waysOf(app, scope, patientId, asked).catch((error: unknown) => {
    if (!(error instanceof ChartwardError && error.code === 'INTEGRITY')) throw error
    app.log.error({ err: error }, 'what references mean can’t be told')
    return null
  })
  if (sought === null) return { names: unreadable(asked), shown }
  const found = new Map((await entriesOf(app, sought)).map((entry) => [keyOf(entry.row.source_token), entry]))
  for (const one of sought) {
    const { words, fields } = wordsOf(scope, one, found)
    for (const path of fields) shown.add(path)
    const own = names.get(one.recordId) ?? {}
    own[one.reference] = words
    names.set(one.recordId, own)
  }
  return { names, shown }
}

/**
 * The chart stays readable where the servers of its source are not what was stored, and no name is made up.
 */
const unreadable = (asked: Asked): Map<string, Names> =>
  new Map(
    asked.map(({ item, references }) => [
      item.id,
      Object.fromEntries(references.map((one) => [one.reference, `${nounOf(one)} ${UNREADABLE}`])),
    ]),
  )

/** A reference that names no server means the record's own, which the token of its row tells. */
const waysOf = async (app: App, scope: Scope, patientId: PatientId, asked: Asked): Promise<Sought[]> => {
  const rows = await selectInScope<SourceRow>(
    app.db,
    await rowsOf(app, scope),
    `select p.source, s.record_id, s.token from patients p
     left join source_ids s on s.patient_id = p.id and s.record_id = any($2::uuid[])
     where p.id = $1`,
    [patientId, asked.map(({ item }) => item.id)],
  )
  const [{ source } = { source: null }] = rows
  if (source === null) throw new ChartwardError('NOT_FOUND')
  const bases = new SourceBases(app, source)
  const ids = asked.flatMap(({ references }) =>
    references.flatMap(({ reference }) => referenceId(reference)?.id ?? []),
  )
  await bases.recall(
    app.db.sql,
    ids.flatMap((id) => splitSourceId(id).base ?? []),
  )
  const identities = new Identities(app.keyring, source, bases, null)
  const tokens = new Map(rows.map(({ record_id, token }) => [record_id, token]))
  return asked.flatMap(({ item: { id: recordId, type, values }, references }) => {
    const token = tokens.get(recordId) ?? null
    const beside = identities.besides(type, String(values.id ?? ''), token)
    return references.map((reference): Sought => {
      const found = referenceId(reference.reference)
      const ways =
        found === null
          ? []
          : reference.types.flatMap((type) =>
              beside(type, found.id).map((way) => ({ type, tokens: way.map(({ token }) => token) })),
            )
      return { ...reference, recordId, ways }
    })
  })
}

/**
 * An entry of the directory; `fields` are null where row and content are not those that were stored together.
 */
interface OpenedEntry {
  readonly row: EntryRow
  readonly type: ResourceType
  readonly fields: RecordFields | null
}

const entriesOf = async (app: App, sought: readonly Sought[]): Promise<OpenedEntry[]> => {
  const { sql } = app.db
  const tokens = sought.flatMap(({ ways }) => ways.flatMap(({ tokens }) => tokens))
  if (tokens.length === 0) return []
  const rows = await sql<EntryRow[]>`
    select id, type, source_token, key_version, npi_token, content_tag, content, trusted from directory_entries
    where source_token = any(${byteaArray(sql, tokens)}) and content is not null`
  const opened = rows.map(async (row): Promise<OpenedEntry[]> => {
    const { type } = row
    if (!isResourceType(type)) return []
    const fields = await openedEntry(app.keyring, row, type)
    if (fields === null)
      app.log.error({ recordId: row.id }, 'an entry of the directory failed its integrity check')
    return [{ row, type, fields }]
  })
  return (await Promise.all(opened)).flat()
}

interface Words {
  readonly words: string
  readonly fields: readonly FieldPath[]
}

const wordsOf = (scope: Scope, sought: Sought, entries: ReadonlyMap<string, OpenedEntry>): Words => {
  const say = (words: string): Words => ({ words: `${nounOf(sought)} ${words}`, fields: [] })
  const entry = sought.ways
    .flatMap(({ type, tokens }) =>
      tokens.map((token) => ({ wanted: type, entry: entries.get(keyOf(token)) })),
    )
    .find(({ wanted, entry }) => entry?.type === wanted)?.entry
  if (entry === undefined) return say('that was not sent')
  const { type, fields, row } = entry
  if (fields === null) return say(UNREADABLE)
  // Of what its source restricts nothing is told here: a drug's name may tell what somebody is treated for.
  const { words: said, labels } = meaningOf(type, fields)
  if (labels.length > 0) return say('that its source restricts')
  const { unmapped: _unread, ...readable } = fields
  const whole: Record<string, unknown> = Object.assign({}, ...Object.values(readable))
  const title = titleOf(type, projectRecord(scope, type, whole).values)
  if (title === null)
    return say(titleOf(type, whole) === null ? 'without a name' : 'that your roles don’t show')
  const path = `${type}.${title.field}`
  const beside = [
    ...said.map((words) => words.toLowerCase()),
    ...(row.trusted ? [] : ['from a source that is not marked trusted']),
  ]
  const words = beside.length === 0 ? title.value : `${title.value} (${beside.join(', ')})`
  return { words, fields: isFieldPath(path) ? [path] : [] }
}

/** What an entry says, or null where row and content are not those that were stored together. */
const openedEntry = async (
  keyring: Keyring,
  row: EntryRow,
  type: ResourceType,
): Promise<RecordFields | null> => {
  if (row.content === null) return null
  try {
    const fields = await openDirectoryFields(keyring, row.id, row.content)
    return isOwnEntry(keyring, row, type, fields) ? fields : null
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}
