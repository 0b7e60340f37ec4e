import type { FhirResource, JsonObject } from '../json.ts'
import { TEST_DATA } from './directory.ts'
import type { Person, Relative } from './people.ts'
import type { Prng } from './prng.ts'
import { type Coded, concept, hl7 } from './terminology.ts'
import { date, dateTime } from './time.ts'

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition'
const FHIR_CORE = 'http://hl7.org/fhir/StructureDefinition'
const OMB = 'urn:oid:2.16.840.1.113883.6.238'

const RACES: readonly (readonly [Coded, number])[] = [
  [{ system: OMB, code: '2106-3', display: 'White' }, 68],
  [{ system: OMB, code: '2054-5', display: 'Black or African American' }, 15],
  [{ system: OMB, code: '2028-9', display: 'Asian' }, 10],
  [{ system: OMB, code: '1002-5', display: 'American Indian or Alaska Native' }, 2],
  [{ system: OMB, code: '2076-8', display: 'Native Hawaiian or Other Pacific Islander' }, 1],
]

const ETHNICITIES: readonly (readonly [Coded, number])[] = [
  [{ system: OMB, code: '2186-5', display: 'Not Hispanic or Latino' }, 82],
  [{ system: OMB, code: '2135-2', display: 'Hispanic or Latino' }, 18],
]

const MARITAL = { M: 'Married', S: 'Never Married', D: 'Divorced', W: 'Widowed' } as const

const ombExtension = (name: string, coding: { readonly display: string }): JsonObject => ({
  url: `${US_CORE}/${name}`,
  extension: [
    { url: 'ombCategory', valueCoding: coding },
    { url: 'text', valueString: coding.display },
  ],
})

const identifier = (type: string, display: string, system: string, value: string): JsonObject => ({
  type: concept(hl7('v2-0203', type, display)),
  system,
  value,
})

const identifiersOf = (prng: Prng, person: Person): JsonObject[] => {
  const { state } = person.home.place
  // Social Security never gives out area numbers from 900 on: https://www.ssa.gov/employer/randomization.html
  const ssn = `999-${prng.int(10, 99)}-${prng.digits(4)}`
  const all = [
    identifier('MR', 'Medical record number', 'https://hospital.example.org/mrn', person.mrn),
    identifier('SS', 'Social Security number', 'http://hl7.org/fhir/sid/us-ssn', ssn),
  ]
  if (person.age >= 17 && prng.chance(0.85)) {
    const system = `https://licenses.example.org/${state.toLowerCase()}`
    all.push(identifier('DL', "Driver's license number", system, `S99${prng.digits(6)}`))
  }
  if (prng.chance(0.3)) {
    const system = 'http://hl7.org/fhir/sid/passport-USA'
    all.push(identifier('PPN', 'Passport number', system, `X${prng.digits(8)}`))
  }
  all.push(identifier('MB', 'Member Number', 'https://payer.example.org/member', person.memberNumber))
  return all
}

const contactOf = (relative: Relative, isSpouse: boolean): JsonObject => ({
  relationship: [
    concept(hl7('v2-0131', isSpouse ? 'N' : 'C', isSpouse ? 'Next-of-Kin' : 'Emergency Contact')),
  ],
  name: { family: relative.family, given: [relative.given] },
  telecom: [{ system: 'phone', value: relative.phone, use: 'mobile' }],
})

/**
 * The Patient resource of a person, its identifiers and extensions in the order in which the
 * catalog has them.
 */
export const patientResource = (prng: Prng, person: Person): FhirResource => {
  const { given, middle, family, maidenName, relative, death } = person
  const official = { use: 'official', family, given: [given, middle] }
  const speaksSpanish = prng.chance(0.08)
  const language = speaksSpanish
    ? { system: 'urn:ietf:bcp:47', code: 'es', display: 'Spanish' }
    : { system: 'urn:ietf:bcp:47', code: 'en-US', display: 'English (United States)' }
  const birthOrder = prng.chance(0.03) ? prng.int(1, 2) : null
  return {
    resourceType: 'Patient',
    id: person.id,
    meta: TEST_DATA,
    extension: [
      { url: `${FHIR_CORE}/patient-mothersMaidenName`, valueString: person.mother },
      { url: `${FHIR_CORE}/patient-birthPlace`, valueAddress: person.birthPlace },
      ombExtension('us-core-race', prng.weighted(RACES)),
      ombExtension('us-core-ethnicity', prng.weighted(ETHNICITIES)),
      { url: `${US_CORE}/us-core-birthsex`, valueCode: person.isFemale ? 'F' : 'M' },
    ],
    identifier: identifiersOf(prng, person),
    active: death === null,
    name:
      maidenName === null
        ? [official]
        : [official, { use: 'maiden', family: maidenName, given: [given, middle] }],
    telecom: [
      { system: 'phone', value: person.phone, use: 'home' },
      ...(person.email === null ? [] : [{ system: 'email', value: person.email }]),
    ],
    gender: person.isFemale ? 'female' : 'male',
    birthDate: date(person.birth),
    ...(death === null ? {} : { deceasedDateTime: dateTime(death) }),
    address: [person.home.address],
    maritalStatus: concept(hl7('v3-MaritalStatus', person.maritalStatus, MARITAL[person.maritalStatus])),
    ...(birthOrder === null ? { multipleBirthBoolean: false } : { multipleBirthInteger: birthOrder }),
    ...(relative === null ? {} : { contact: [contactOf(relative, /wife|husband/.test(relative.words))] }),
    communication: [{ language: { coding: [language], text: language.display }, preferred: true }],
    generalPractitioner: [{ reference: `urn:uuid:${person.doctor.id}`, display: person.doctor.name }],
  }
}
