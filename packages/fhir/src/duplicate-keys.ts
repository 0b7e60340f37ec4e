import { type JsonPath, REDACTED_KEYS } from '@chartward/policy'
import { isObject, isString } from './json.ts'
import { isKnownType } from './r4-types.ts'

/**
 * Names that stand around the catalog's elements: https://hl7.org/fhir/R4/resource.html, bundle.html,
 * datatypes.html
 */
const AROUND = `resourceType id meta implicitRules language text contained extension modifierExtension versionId
  lastUpdated source profile security tag type total link entry fullUrl resource search request response method
  status category subject patient encounter use system period rank unit comparator userSelected numerator
  denominator low high start end coding component referenceRange participant item`

/**
 * What may be said aloud of a path: names of FHIR and the catalog. One that the input made up may say
 * anything.
 */
const SAYABLE: ReadonlySet<string> = new Set([...REDACTED_KEYS, ...AROUND.split(/\s+/)])

const nameOf = (key: string | number): string => {
  if (typeof key === 'number') return `[${key}]`
  return SAYABLE.has(key.replace(/^_/, '')) ? `.${key}` : '.(an element)'
}

/**
 * Where a path of a parsed text lies, in FHIR's words: "Patient.name[0].family", "Entry 3 of the Bundle:
 * Observation.code". Holds names of FHIR and the catalog and nothing else of the input.
 */
export const placeOf = (root: unknown, path: JsonPath): string => {
  const inBundle = isObject(root) && root.resourceType === 'Bundle' && path[0] === 'entry'
  const entry = inBundle && typeof path[1] === 'number' ? `Entry ${path[1] + 1} of the Bundle: ` : ''
  let place = 'The resource'
  let value = root
  for (const key of path) {
    if (isObject(value) && isString(value.resourceType) && isKnownType(value.resourceType)) {
      place = value.resourceType
    }
    place += nameOf(key)
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined
  }
  return `${entry}${place}`
}
