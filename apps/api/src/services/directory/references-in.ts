import { referenceId, titleFields } from '@chartward/fhir'
import type { ResourceType } from '@chartward/policy'

/** What of the directory has a name that a reader can use. */
export const NAMED_TYPES = [
  'Medication',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
] as const
export type NamedType = (typeof NAMED_TYPES)[number]

/** A reference as it is written, and of which types what it means may be. */
export interface Reference {
  readonly reference: string
  readonly types: readonly NamedType[]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const namedType = (type: unknown): NamedType | undefined => NAMED_TYPES.find((one) => one === type)

/** The type that a reference says, literally or in a search (`Medication?code=…`), or null for none. */
const typeIn = (reference: string): string | null =>
  referenceId(reference)?.type ?? /(?:^|\/)([A-Z][A-Za-z]{1,63})\?/.exec(reference)?.[1] ?? null

/**
 * Elements that name records of the patient: where a reference says no type, it means nothing of the
 * directory.
 */
const OF_PATIENT: ReadonlySet<string> = new Set([
  ...['claim', 'claimResponse', 'coverage', 'diagnosisReference', 'encounter', 'procedureReference'],
  ...['patient', 'request', 'subject', 'beneficiary', 'context'],
])

const typesOf = (reference: string, name: string): readonly NamedType[] => {
  if (name === 'medicationReference') return ['Medication']
  if (OF_PATIENT.has(name)) return []
  const said = typeIn(reference)
  if (said !== null) return [namedType(said) ?? []].flat()
  return referenceId(reference) === null ? [] : NAMED_TYPES
}

const hasWords = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/**
 * The references in a record's values, at any depth, that mean something of the directory and carry no words;
 * of a contained resource only where it is the medication that the record is about, and is not there.
 */
export const referencesIn = (type: ResourceType, values: Readonly<Record<string, unknown>>): Reference[] => {
  const found = new Map<string, Reference>()
  const titles = titleFields(type)
  const walk = (name: string, value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object') walk(name, item)
      return
    }
    if (!isObject(value) || value.masked === true) return
    const { reference, display } = value
    if (typeof reference === 'string' && !hasWords(display)) {
      const isContained = reference.startsWith('#')
      const types = typesOf(reference, name)
      if (types.length > 0 && (!isContained || titles.includes(name)))
        found.set(reference, { reference, types })
    }
    for (const key of Object.keys(value)) {
      const item = value[key]
      if (typeof item === 'object') walk(key, item)
    }
  }
  for (const name of Object.keys(values)) if (name !== 'contained') walk(name, values[name])
  return [...found.values()]
}
