import type { ClaimLink } from '@chartward/contract'
import { referenceId } from '@chartward/fhir'
import type { ResourceType } from '@chartward/policy'

/** A reference of a claim or a response to another record. */
export interface ClaimReference {
  readonly kind: ClaimLink['kind']
  /** The field that it stands in, and what it means. */
  readonly field: string
  readonly type: ResourceType
  /** As it is written; null where it names no record by id. */
  readonly reference: string | null
  readonly words: string | null
}

type Values = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objectsOf = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** Where the references stand, by field and the element within each of its parts. */
const PLACES = [
  ['coverage', 'insurance', 'coverage', 'Coverage'],
  ['diagnosis', 'diagnosis', 'diagnosisReference', 'Condition'],
  ['claim', 'claim', null, 'Claim'],
  ['claim', 'related', 'claim', 'Claim'],
  ['answer', 'claimResponse', null, 'ClaimResponse'],
  ['answer', 'insurance', 'claimResponse', 'ClaimResponse'],
] as const satisfies readonly (readonly [ClaimLink['kind'], string, string | null, ResourceType])[]

/**
 * What a claim or a response refers to, each once. What it has within itself is no link: it is shown with the
 * record.
 */
export const referencesOf = (type: ResourceType, values: Values): ClaimReference[] => {
  const found = new Map<string, ClaimReference>()
  const note = (kind: ClaimLink['kind'], field: string, of: ResourceType, said: unknown): void => {
    if (!isObject(said) || said.masked === true) return
    const { reference, display } = said
    if (typeof reference === 'string' && reference.startsWith('#')) return
    const written = typeof reference === 'string' && referenceId(reference) !== null ? reference : null
    const words = typeof display === 'string' && display.trim() !== '' ? display.trim() : null
    if (written === null && words === null && !isObject(said.identifier)) return
    found.set(`${kind} ${written ?? words ?? found.size}`, {
      kind,
      field,
      type: of,
      reference: written,
      words,
    })
  }
  for (const [kind, field, element, of] of PLACES)
    if (element === null) note(kind, field, of, values[field])
    else for (const part of objectsOf(values[field])) note(kind, field, of, part[element])
  if (type === 'ClaimResponse') note('claim', 'request', 'Claim', values.request)
  return [...found.values()]
}
