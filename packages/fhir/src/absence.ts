import type { ResourceType } from '@chartward/policy'
import { isObject, isString, objectsOf } from './json.ts'

/**
 * SNOMED CT situations that say that there is none: no known allergy, drug allergy, latex allergy (two
 * codes), food allergy, environmental allergy, insect allergy; no current problems or disability. Others
 * are found by their words.
 */
const SNOMED: ReadonlySet<string> = new Set(
  '716186003 409137002 716184000 1003774007 429625007 428607008 428197003 160245001'.split(' '),
)

/**
 * https://hl7.org/fhir/uv/ips/CodeSystem-absent-unknown-uv-ips.html: `no-known-allergies`,
 * `no-allergy-info`, …
 */
const ABSENT_UNKNOWN =
  /^no-(?:known-)?(?:drug-|medication-|environmental-|food-)?(?:allerg|medication|problem|procedure|immunization|device)[a-z-]*$/

/** "No known allergies", "NKDA", "No current medications" and their like, as they are typed. */
const WORDS =
  /^(?:nk[ad]a?|nkfa|none(?: known)?|no (?:known|current|active|reported)\b.*|denies (?:any )?(?:known )?allerg\w*)$/i

/** IPS's "no information", which is not "none": nobody has asked, or nobody has written it down. */
const NO_INFORMATION = /^no-[a-z]+-info$/

/** Types whose subject stands in a code, where "none" says that there is none of that type. */
const TYPES: ReadonlySet<ResourceType> = new Set<ResourceType>([
  'AllergyIntolerance',
  'Condition',
  'MedicationRequest',
  'Procedure',
  'Immunization',
  'MedicationStatement',
])

/** That there is none, or that nothing is known. */
export type Absence = 'none' | 'no-information'

/**
 * Whether what a record is about is that there is none (an allergy "no known allergy" is no allergy), or that
 * nothing is known of it; null for all others.
 */
export const saysNone = (type: ResourceType, concept: unknown): Absence | null => {
  if (!TYPES.has(type) || !isObject(concept)) return null
  const codings = objectsOf(concept.coding)
  const codes = codings.map(({ code }) => code).filter(isString)
  const words = [concept.text, ...codings.map(({ display }) => display)].filter(isString)
  if (codes.some((code) => NO_INFORMATION.test(code))) return 'no-information'
  const isNone =
    codes.some((code) => SNOMED.has(code) || ABSENT_UNKNOWN.test(code)) ||
    words.some((text) => WORDS.test(text.trim().replace(/[.!]$/, '')))
  return isNone ? 'none' : null
}
