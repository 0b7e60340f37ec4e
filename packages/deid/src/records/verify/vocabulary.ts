import { FIELD_PATHS, fieldOf, RESOURCE_TYPES } from '@chartward/policy'
import { STATES } from '../../shared/us-states.ts'
import type { ValueKind } from '../../shared/verifiers/needle.ts'
import { KNOWN_SYSTEMS } from '../terminology/code-systems.ts'
import { CONCEPT_SETS } from '../terminology/concept-sets.ts'
import { FHIR_TYPES } from '../terminology/resource-types.ts'
import { STATUS_SETS } from '../terminology/status-sets.ts'
import { ANNOTATIONS, CURRENCIES, UCUM } from '../terminology/units.ts'

const STRUCTURE = `resourceType id type reference coding system code value comparator unit currency start end state
  postalCode country url extension valueCoding valueCode valueString valueQuantity subject patient beneficiary year
  startYear endYear zip3`

const lastOf = (path: string): string => path.slice(path.indexOf('.') + 1)

const namesOf = (path: string): string[] => {
  const field = fieldOf(path)
  return field === undefined ? [] : [lastOf(path), field.source.element]
}

const KEYS: ReadonlySet<string> = new Set([
  ...STRUCTURE.split(/\s+/),
  ...FIELD_PATHS.flatMap(namesOf).flatMap((name) => [name, `_${name}`]),
])

const namesWhere = (test: (path: string) => boolean): ReadonlySet<string> =>
  new Set(FIELD_PATHS.filter(test).flatMap(namesOf))

const FLAGS = namesWhere((path) => fieldOf(path)?.type === 'boolean')
const NUMBERS: ReadonlySet<string> = new Set([
  'value',
  ...namesWhere((path) => fieldOf(path)?.type === 'integer'),
])
const CODES: ReadonlySet<string> = new Set(['code', 'valueCode', 'unit', 'comparator'])
const DATES = namesWhere((path) => ['year', 'birth-year'].includes(fieldOf(path)?.safeHarbor ?? ''))

const STATUSES: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const byName = new Map<string, Set<string>>()
  for (const [path, set] of STATUS_SETS)
    for (const name of namesOf(path)) byName.set(name, new Set([...(byName.get(name) ?? []), ...set]))
  return byName
})()

const CONCEPTS: ReadonlySet<string> = new Set([...CONCEPT_SETS.values()].flatMap((set) => [...set]))
const URLS: ReadonlySet<string> = new Set([
  'ombCategory',
  'detailed',
  'urn:chartward:age-group',
  ...FIELD_PATHS.flatMap((path) => {
    const source = fieldOf(path)?.source
    return source !== undefined && 'url' in source ? [source.url] : []
  }),
])

const isClosed = (field: string, key: string, value: string): boolean => {
  if (value === '90 or older') return key === 'valueString' || key === 'year'
  if (STATUSES.get(field)?.has(value) === true) return key === field
  switch (key) {
    case 'resourceType':
      return RESOURCE_TYPES.some((type) => type === value)
    case 'system':
      return KNOWN_SYSTEMS.has(value) || value === UCUM
    case 'code':
    case 'valueCode':
      return CONCEPTS.has(value) || ANNOTATIONS.has(value)
    case 'unit':
      return ANNOTATIONS.has(value)
    case 'url':
      return URLS.has(value)
    case 'state':
      return STATES.has(value)
    case 'country':
      return value === 'US'
    case 'currency':
      return CURRENCIES.has(value)
    case 'postalCode':
    case 'zip3':
      return /^\d{3}$/.test(value)
    case 'year':
    case 'startYear':
    case 'endYear':
    case 'start':
    case 'end':
      return /^\d{4}$/.test(value)
    default:
      return (
        (key === field && FLAGS.has(field) && (value === 'true' || value === 'false')) ||
        (key === field && DATES.has(field) && /^\d{4}$/.test(value))
      )
  }
}

const ID = /^(?:([A-Z][A-Za-z]+)\/|urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const isId = (value: string): boolean => {
  const match = ID.exec(value)
  return match !== null && (match[1] === undefined || FHIR_TYPES.has(match[1]))
}

const isCode = (key: string, value: string): boolean =>
  NUMBERS.has(key)
    ? /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value)
    : CODES.has(key) && /^[^\s]{1,40}$/.test(value)

/**
 * `field` is the element or column that the value belongs to, `key` the member of it that holds the value.
 */
export const valueKindOf = (field: string, key: string, value: string): ValueKind =>
  isClosed(field, key, value) ? 'closed' : isId(value) ? 'id' : isCode(key, value) ? 'code' : 'text'

/** A member of the JSON, or a column, all of whose parts the catalog and the standard name. */
export const isKnownName = (name: string): boolean => name.split('.').every((part) => KEYS.has(part))
