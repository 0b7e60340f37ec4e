import { isMod10Valid, isVerhoeffValid } from './check-digits.ts'
import { CONCEPT_SETS } from './concept-sets.ts'

/**
 * 6 to 18 digits, a concept's partition (00, or 10 in an extension), Verhoeff check digit (SNOMED CT RF2, 6).
 */
const isSnomed = (code: string): boolean => /^[1-9]\d{2,14}[01]0\d$/.test(code) && isVerhoeffValid(code)

/** A LOINC number with its check digit, or a code of a LOINC answer. */
const isLoinc = (code: string): boolean =>
  (/^[1-9]\d{0,5}-\d$/.test(code) && isMod10Valid(code.replace('-', ''))) || /^LA[1-9]\d{0,5}-\d$/.test(code)

const form =
  (pattern: RegExp) =>
  (code: string): boolean =>
    pattern.test(code)

const OID = 'urn:oid:2.16.840.1.113883'
const CDC_RACE = `${OID}.6.238`

const SNOMED = 'http://snomed.info/sct'
export const LOINC = 'http://loinc.org'
export const RACE_ETHNICITY = CDC_RACE

/**
 * Terminologies too large to carry: each by its own form. NDC only with its hyphens: 11 bare digits may be a
 * phone.
 */
const FORMS: ReadonlyMap<string, (code: string) => boolean> = new Map([
  [SNOMED, isSnomed],
  [LOINC, isLoinc],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', form(/^[1-9]\d{0,7}$/)],
  ['http://hl7.org/fhir/sid/cvx', form(/^\d{1,3}$/)],
  ['http://hl7.org/fhir/sid/icd-10-cm', form(/^[A-Z]\d[0-9AB](?:\.[0-9A-HXZ]{1,3}[0-9A-SX]?)?$/)],
  ['http://hl7.org/fhir/sid/icd-10', form(/^[A-Z]\d\d(?:\.\d{1,2})?$/)],
  ['http://hl7.org/fhir/sid/icd-9-cm', form(/^(?:\d{3}|V\d\d)(?:\.\d{1,2})?$|^E\d{3}(?:\.\d)?$/)],
  [
    'http://www.cms.gov/Medicare/Coding/ICD10',
    form(/^(?=.*\d)[0-9BCDFGHX][0-9A-HJ-NP-Z]{6}$|^GZ[0-9A-HJ-NP-Z]{2}ZZZ$/),
  ],
  ['http://www.ama-assn.org/go/cpt', form(/^\d{4}[0-9AFMTU]$/)],
  [
    'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
    form(/^(?:[A-CEGHJ-MP-V]\d{4}|\d{4}[0-9AFMTU])$/),
  ],
  ['http://www.ada.org/cdt', form(/^D\d{4}$/)],
  ['http://hl7.org/fhir/sid/ndc', form(/^(?:\d{4}-\d{4}-\d\d|\d{5}-\d{3}-\d\d|\d{5}-\d{4}-\d{1,2})$/)],
  ['http://terminology.hl7.org/CodeSystem/service-type', form(/^[1-9]\d{0,2}$/)],
  [CDC_RACE, form(/^[12]\d{3}-\d$/)],
])

/** Other names under which systems send the same terminology. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  [`${OID}.6.96`, SNOMED],
  [`${OID}.6.1`, LOINC],
  [`${OID}.6.88`, 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  [`${OID}.12.292`, 'http://hl7.org/fhir/sid/cvx'],
  [`${OID}.6.90`, 'http://hl7.org/fhir/sid/icd-10-cm'],
  [`${OID}.6.4`, 'http://www.cms.gov/Medicare/Coding/ICD10'],
  [`${OID}.6.12`, 'http://www.ama-assn.org/go/cpt'],
  [`${OID}.6.285`, 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'],
  [`${OID}.6.69`, 'http://hl7.org/fhir/sid/ndc'],
  [`${OID}.5.4`, 'http://terminology.hl7.org/CodeSystem/v3-ActCode'],
])

export const KNOWN_SYSTEMS: ReadonlySet<string> = new Set([...FORMS.keys(), ...CONCEPT_SETS.keys()])

/** The terminology's canonical system where the code is one of it or passes its own form; null otherwise. */
export const knownCode = (system: string, code: string): { system: string; code: string } | null => {
  const canonical = ALIASES.get(system) ?? system
  const passes = FORMS.get(canonical)?.(code) ?? CONCEPT_SETS.get(canonical)?.has(code) ?? false
  return passes ? { system: canonical, code } : null
}
