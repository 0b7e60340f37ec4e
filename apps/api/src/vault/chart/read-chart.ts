import { type Database, selectInScope } from '@chartward/db'
import { chartClasses, dateFields, stateFields, titleFields } from '@chartward/fhir'
import {
  type FieldClass,
  type FieldGrant,
  type FieldPath,
  fieldAccess,
  isFieldPath,
  type PatientId,
  type RecordId,
  type ResourceType,
  readableClasses,
  type Scope,
  scopeUnder,
} from '@chartward/policy'
import type { Logger } from '../../core/log.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { LentKeys } from '../../keys/lent-keys.ts'
import { type RowParts, rowsOf } from '../rows.ts'
import type { Line } from './line.ts'
import { openChain } from './open-chain.ts'
import { type StoredChain, selectChains } from './select-segments.ts'

/** A record's line as its reader may see it, and null for what the Scope does not show. */
export interface ChartLine extends Pick<Line, 'id' | 'standing' | 'counts' | 'restricts'> {
  /** In ms; where the Scope masks the date, the first moment of its year. */
  readonly date: number | null
  readonly title: { readonly text: string; readonly kind: string | null } | null
  readonly state: string | null
  /** Its labels keep it from this reader: all that is told is that there is a record. */
  readonly withheld: boolean
}

/** The index of a patient's records of one type. */
export interface TypeIndex {
  /** How many records there are, by their clear rows. */
  readonly records: number
  /** Each record once; null where nothing of the index is for this reader (`none`), or it does not fit. */
  readonly lines: readonly ChartLine[] | null
  readonly trust: 'whole' | 'untrusted' | 'none'
  /** The fields that the lines show something of. */
  readonly shown: ReadonlySet<FieldPath>
}

/**
 * A class that no index has a part of: for a reader of none of its parts, what remains is how many records.
 */
const NO_PART: FieldClass = 'unmapped'

type ChartApp = RowParts & { readonly db: Database; readonly keyring: Keyring; readonly log: Logger }

/**
 * Opens a patient's chart index for some types under the Scope: only the parts of classes that it reads leave
 * the database. An index that does not fit the records, or was changed, is untrusted as a whole, and logged:
 * a list that is short must not look like one that is not.
 */
export const readChart = async (
  app: ChartApp,
  scope: Scope,
  patientId: PatientId,
  types: readonly ResourceType[],
): Promise<ReadonlyMap<ResourceType, TypeIndex>> => {
  const wanted = types.flatMap((resourceType) => {
    const readable: readonly FieldClass[] = readableClasses(scope, resourceType)
    const classes = chartClasses(resourceType).filter((fieldClass) => readable.includes(fieldClass))
    return (classes.length === 0 ? [NO_PART] : classes).map((fieldClass) => ({ resourceType, fieldClass }))
  })
  const rows = await rowsOf(app, scope)
  const chains = await selectChains(
    (text, parameters) => selectInScope(app.db, rows, text, parameters),
    patientId,
    wanted,
  )
  const opened = await openAll(app, patientId, chains)
  const indexes = new Map<ResourceType, TypeIndex>()
  for (const type of types) {
    const parts = opened.filter(({ chain }) => chain.resourceType === type)
    const index = indexOf(scope, type, parts)
    if (index.trust === 'untrusted') {
      // The Patient's record goes by the patient's id.
      app.log.error({ recordId: patientId }, 'the index of a chart does not fit its records')
    }
    indexes.set(type, index)
  }
  return indexes
}

/** Nothing is asked of keys where there is no segment: nobody has made any for a patient without records. */
const openAll = async (
  { keyring }: ChartApp,
  patientId: PatientId,
  chains: readonly StoredChain[],
): Promise<OpenedChain[]> => {
  const open = (keys: LentKeys | null) =>
    chains.map((chain) => ({ ...chain, lines: openChain(chain.segments, chain.expected, keys) }))
  if (chains.every(({ segments }) => segments.length === 0)) return open(null)
  return keyring.withCachedPatientKeys(patientId, open) ?? (await keyring.withPatientKeys(patientId, open))
}

interface OpenedChain extends StoredChain {
  readonly lines: ReadonlyMap<RecordId, Line> | null
}

interface OpenedChain extends StoredChain {
  readonly lines: ReadonlyMap<RecordId, Line> | null
}

const NOTHING: ReadonlySet<FieldPath> = new Set()

const indexOf = (scope: Scope, type: ResourceType, parts: readonly OpenedChain[]): TypeIndex => {
  const [part] = parts
  const records = part?.expected.records ?? 0
  if (part === undefined || part.chain.fieldClass === NO_PART)
    return { records, lines: null, trust: 'none', shown: NOTHING }
  const opened = parts.flatMap(({ lines }) => lines ?? [])
  if (opened.length < parts.length) return { records, lines: null, trust: 'untrusted', shown: NOTHING }
  const readers = new Map<string, LineReader>()
  const lines = [...(opened[0]?.values() ?? [])].map((line) => {
    const key = line.labels.join()
    const reader = readers.get(key) ?? new LineReader(scopeUnder(scope, line.labels), type)
    readers.set(key, reader)
    return reader.see(
      line,
      opened.length === 1 ? [line] : opened.flatMap((lines) => lines.get(line.id) ?? []),
    )
  })
  const shown = new Set([...readers.values()].flatMap((reader) => [...reader.shown]))
  return { records, lines, trust: 'whole', shown }
}

/** That a consent in force restricts the chart is for whoever opens it, also where they may not read it. */
const withheldLine = ({ id, restricts, counts }: Line): ChartLine => ({
  id,
  standing: 'said',
  counts: restricts && counts,
  restricts,
  date: null,
  title: null,
  state: null,
  withheld: true,
})

/** Shows the lines of a type under a Scope: by the access to the field that each part of a line is from. */
class LineReader {
  readonly shown = new Set<FieldPath>()
  readonly #scope: Scope
  readonly #type: ResourceType
  readonly #isWithheld: boolean
  readonly #accesses = new Map<string, FieldGrant | 'none'>()

  constructor(scope: Scope, type: ResourceType) {
    this.#scope = scope
    this.#type = type
    this.#isWithheld = readableClasses(scope, type).length === 0
  }

  see(line: Line, parts: readonly Line[]): ChartLine {
    if (this.#isWithheld) return withheldLine(line)
    const date = this.#first(dateFields(this.#type), parts, 'date')
    const title = this.#first(titleFields(this.#type), parts, 'title')
    const state = this.#first(stateFields(this.#type), parts, 'state')
    return {
      id: line.id,
      standing: line.standing,
      counts: line.counts,
      restricts: line.restricts,
      date: date === null ? null : this.#accessTo(date.field) === 'clear' ? date.value : yearOf(date.value),
      title:
        title === null || this.#accessTo(title.field) !== 'clear'
          ? null
          : { text: title.value, kind: title.kind },
      state: state === null || this.#accessTo(state.field) !== 'clear' ? null : state.value,
      withheld: false,
    }
  }

  /** What stands in the first of the fields of which the Scope shows anything. */
  #first<Key extends 'date' | 'title' | 'state'>(
    fields: readonly string[],
    parts: readonly Line[],
    key: Key,
  ): NonNullable<Line[Key]> | null {
    let found: NonNullable<Line[Key]> | null = null
    let rank = Number.POSITIVE_INFINITY
    for (const part of parts) {
      const told = part[key]
      if (told === null || this.#accessTo(told.field) === 'none') continue
      const place = fields.indexOf(told.field)
      if (place >= rank) continue
      rank = place
      found = told
    }
    return found
  }

  #accessTo(field: string): FieldGrant | 'none' {
    let access = this.#accesses.get(field)
    if (access === undefined) {
      const path = `${this.#type}.${field}`
      access = isFieldPath(path) ? fieldAccess(this.#scope, path) : 'none'
      if (access === 'clear' && isFieldPath(path)) this.shown.add(path)
      this.#accesses.set(field, access)
    }
    return access
  }
}

/** The mask of a date shows its year: no more of it may be told by an order or by where a page ends. */
const yearOf = (at: number): number => Date.UTC(new Date(at).getUTCFullYear(), 0)
