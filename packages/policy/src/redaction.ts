import { FIELD_PATHS, type FieldType, fieldOf, RESOURCE_TYPES, resourceOf } from './catalog/index.ts'
import { namesIdentifier } from './identifier-names.ts'

export const REDACTED = '[redacted]'
const UNREADABLE = '[unreadable]'

/**
 * The elements of each FHIR R4 datatype (https://hl7.org/fhir/R4/datatypes.html) in which a value of that
 * type keeps what it says. A new field type does not compile until its parts are named.
 */
const DATATYPE_PARTS: Readonly<Record<FieldType, readonly string[]>> = {
  string: [],
  code: [],
  id: [],
  boolean: [],
  integer: [],
  date: [],
  dateTime: [],
  time: [],
  decimal: [],
  Period: ['start', 'end'],
  Quantity: ['value', 'unit', 'code'],
  Range: ['low', 'high', 'value', 'unit', 'code'],
  Ratio: ['numerator', 'denominator', 'value', 'unit', 'code'],
  SampledData: ['origin', 'lowerLimit', 'upperLimit', 'data'],
  Money: ['value', 'currency'],
  CodeableConcept: ['coding', 'code', 'display', 'text'],
  'CodeableConcept[]': ['coding', 'code', 'display', 'text'],
  Coding: ['code', 'display'],
  'HumanName[]': ['family', 'given', 'prefix', 'suffix', 'text'],
  'Address[]': ['line', 'city', 'district', 'state', 'postalCode', 'country', 'text'],
  Address: ['line', 'city', 'district', 'state', 'postalCode', 'country', 'text'],
  'ContactPoint[]': ['value'],
  'Identifier[]': ['value', 'assigner'],
  Reference: ['reference', 'identifier', 'display'],
  'Reference[]': ['reference', 'identifier', 'display'],
  'Annotation[]': ['text', 'authorString', 'authorReference', 'time'],
  Narrative: ['div'],
  'Attachment[]': ['data', 'url', 'title', 'hash', 'creation'],
  'Component[]': ['code', 'valueQuantity', 'valueCodeableConcept', 'valueString', 'referenceRange'],
  Complex: ['extension', 'contained', 'valueString', 'valueAddress', 'valueCoding', 'valueCode'],
}

/**
 * `time` is also where a log line keeps its own clock; within an Annotation the whole note is
 * redacted above it.
 */
const KEPT_BY_LOGGERS: ReadonlySet<string> = new Set(['time'])

/**
 * The elements that say whose a resource is. They are no fields, since the row carries the patient, yet hold
 * the source's id.
 */
const PATIENT_ELEMENTS = RESOURCE_TYPES.map((type) => resourceOf(type).patientElement).filter(
  (name) => name !== null,
)

/** Where importers keep the ids of the source system, which identify people there: some use the MRN. */
const SOURCE_IDS = ['fullUrl', 'sourceId', 'patientRef', 'patientSourceId', 'practitioners']

/**
 * Every key under which a value of the catalog can stand: field names, FHIR elements, parts of
 * their datatypes.
 */
export const REDACTED_KEYS: readonly string[] = Object.freeze(
  [
    ...new Set([
      ...PATIENT_ELEMENTS,
      ...SOURCE_IDS,
      ...FIELD_PATHS.flatMap((path) => {
        const field = fieldOf(path)
        if (field === undefined) return []
        return [path.slice(path.indexOf('.') + 1), field.source.element, ...DATATYPE_PARTS[field.type]]
      }),
    ]),
  ]
    .filter((key) => !KEPT_BY_LOGGERS.has(key))
    .sort(),
)

/** `Patient.birthDate`, `_birthDate`, `birth_date` and `birthdate` all name the same field. */
const normalise = (key: string): string =>
  key
    .slice(key.lastIndexOf('.') + 1)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()

const redactedKeys: ReadonlySet<string> = new Set(REDACTED_KEYS.map(normalise))

const ERROR_NAME = /^[A-Z][A-Za-z]{0,63}$/

const isText = (form: RegExp) => (value: unknown) => typeof value === 'string' && form.test(value)

/**
 * Keys of the log that FHIR uses too, each told apart by its value: a procedure of the router has a name and
 * nothing else, where FHIR's, of claims, says what was done to a patient; a route is a path and not how a
 * drug is given; a version is a number and not a device's; an error is one, or the name of its
 * class.
 */
const SHARED: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['procedure', isText(/^[a-z]{1,40}\.[A-Za-z]{1,40}$/)],
  ['route', isText(/^(?:\/:?[a-z][a-z-]{0,40}){1,10}$/i)],
  ['policy', isText(/^[a-z0-9-]{1,40}\/[a-z0-9.-]{1,40}$/)],
  ['version', Number.isSafeInteger],
  ['error', (value) => value instanceof Error || isText(ERROR_NAME)(value)],
])
const sharedBy = (key: string) => SHARED.get(key.toLowerCase())

/** Whether the catalog, FHIR or common use calls something so that says who somebody is or what they have. */
export const isRedactedKey = (key: string): boolean =>
  sharedBy(key) === undefined && (redactedKeys.has(normalise(key)) || namesIdentifier(key))

const MAX_DEPTH = 16

/**
 * A copy for the logs in which whatever stands under a key of the catalog, or under a common name of an
 * identifier, is replaced, at every depth. Of an
 * error only its class is kept (messages can hold query parameters), of bytes only their number. It cannot
 * see PHI in a string under another key: log ids, not sentences.
 */
export const redactDeep = (value: unknown): unknown => copy(value, 0, new Set())

const copy = (value: unknown, depth: number, above: Set<object>): unknown => {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return REDACTED
  if (above.has(value)) return '[circular]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Error) return { error: ERROR_NAME.test(value.name) ? value.name : 'Error' }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  above.add(value)
  const copied = copyContainer(value, depth + 1, above)
  above.delete(value)
  return copied
}

/** Null where a getter throws: what goes wrong in a log line must not stop the request that wrote it. */
const entriesOf = (value: object): [unknown, unknown][] | null => {
  try {
    return value instanceof Map ? [...value] : Object.entries(value)
  } catch {
    return null
  }
}

const copyContainer = (value: object, depth: number, above: Set<object>): unknown => {
  if (Array.isArray(value)) return value.map((item) => copy(item, depth, above))
  if (value instanceof Set) return [...value].map((item) => copy(item, depth, above))
  const entries = entriesOf(value)
  if (entries === null) return UNREADABLE
  const result: Record<string, unknown> = {}
  for (const [key, item] of entries) {
    // A key that is no string has no name to judge it by.
    const name = typeof key === 'string' ? key : REDACTED
    const redacted = typeof key !== 'string' || isRedactedKey(key) || sharedBy(key)?.(item) === false
    Object.defineProperty(result, name, {
      value: redacted ? REDACTED : copy(item, depth, above),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return result
}
