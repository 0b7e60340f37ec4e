import type { Field } from '@chartward/policy'
import { listOf, own } from '../../shared/json.ts'
import type { Code, DeidQuantity, DeidValue } from '../record.ts'
import { knownCode, RACE_ETHNICITY } from '../terminology/code-systems.ts'
import { ADMINISTRATIVE_GENDER, NULL_FLAVOR } from '../terminology/concept-sets.ts'
import type { Ageing } from './age.ts'
import { releasableQuantity } from './quantity.ts'

/** `{ system, code }` and nothing else of a Coding: version, display and what hangs below it stay behind. */
const codingOf = (value: unknown): Code | null => {
  const system = own(value, 'system')
  const code = own(value, 'code')
  return typeof system === 'string' && typeof code === 'string' ? knownCode(system, code) : null
}

const distinct = (codes: readonly (Code | null)[]): readonly Code[] => {
  const seen = new Map<string, Code>()
  for (const code of codes) if (code !== null) seen.set(`${code.system}|${code.code}`, code)
  return [...seen.values()]
}

export const codesOfConcept = (value: unknown): readonly Code[] =>
  distinct(listOf(own(value, 'coding')).map(codingOf))

const BIRTH_SEX = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex'

/** US Core birth sex is a bare code of one of two systems. */
const birthSex = (code: unknown): Code | null =>
  typeof code === 'string' ? (knownCode(ADMINISTRATIVE_GENDER, code) ?? knownCode(NULL_FLAVOR, code)) : null

/**
 * A code of the CDC's race and ethnicity, or of the reason why there is none; no other terminology belongs
 * there.
 */
const raceOrEthnicity = (coding: unknown): Code | null => {
  const code = codingOf(coding)
  return code?.system === RACE_ETHNICITY || code?.system === NULL_FLAVOR ? code : null
}

/**
 * US Core race, ethnicity and birth sex: codes of the extension with the catalog's own URL and of its two
 * parts.
 */
const codesOfExtension = (value: unknown, url: string): readonly Code[] => {
  const extensions = listOf(value).filter((extension) => own(extension, 'url') === url)
  if (url === BIRTH_SEX) return distinct(extensions.map((extension) => birthSex(own(extension, 'valueCode'))))
  return distinct(
    extensions
      .flatMap((extension) => listOf(own(extension, 'extension')))
      .filter((part) => own(part, 'url') === 'ombCategory' || own(part, 'url') === 'detailed')
      .map((part) => raceOrEthnicity(own(part, 'valueCoding'))),
  )
}

const componentsOf = (value: unknown, ageing: Ageing): DeidValue | null => {
  const items: { codes: readonly Code[]; quantity: DeidQuantity | null }[] = []
  for (const component of listOf(value)) {
    const codes = codesOfConcept(own(component, 'code'))
    if (codes.length > 0)
      items.push({ codes, quantity: releasableQuantity(own(component, 'valueQuantity'), ageing, codes) })
  }
  return items.length > 0 ? { kind: 'components', items } : null
}

/**
 * Only codes of known terminologies that pass that terminology's own form; a concept without one is left out.
 */
export const releasableCodes = (field: Field, value: unknown, ageing: Ageing): DeidValue | null => {
  if (field.type === 'Component[]') return componentsOf(value, ageing)
  const concepts = (() => {
    if ('url' in field.source) return [codesOfExtension(value, field.source.url)]
    if (field.type === 'Coding') return [distinct([codingOf(value)])]
    if (field.type === 'CodeableConcept') return Array.isArray(value) ? [] : [codesOfConcept(value)]
    if (field.type === 'CodeableConcept[]') return listOf(value).map(codesOfConcept)
    return []
  })().filter((codes) => codes.length > 0)
  return concepts.length > 0 ? { kind: 'codes', concepts } : null
}
