import type { FhirResource } from '../json.ts'
import { FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES } from './names.ts'
import { type Home, livingAt, PLACES, phoneNumber } from './places.ts'
import type { Prng } from './prng.ts'
import { concept, hl7 } from './terminology.ts'

/**
 * The standard mark of data that describe nobody: https://terminology.hl7.org/CodeSystem-v3-ActReason.html
 */
export const TEST_DATA = { security: [hl7('v3-ActReason', 'HTEST', 'test health data')] }

export interface Clinic {
  readonly id: string
  readonly name: string
  readonly resource: FhirResource
  readonly home: Home
}

export interface Doctor {
  readonly id: string
  readonly name: string
  readonly clinic: Clinic
  readonly resource: FhirResource
}

export interface Directory {
  readonly doctors: readonly Doctor[]
}

/**
 * A well-formed NPI: its last digit makes the Luhn sum over 80840 and the number a multiple of ten (45
 * CFR 162.406, CMS "NPI check digit"). It begins with 9, which is never given out, so that it is no
 * real provider's.
 */
export const makeNpi = (nine: string): string => {
  const digits = [...`80840${nine}`].reverse().map(Number)
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${nine}${(10 - (sum % 10)) % 10}`
}

const CLINICS = [
  'Riverside',
  'Lakeview',
  'Hillcrest',
  'Fairmount',
  'Brookside',
  'Eastgate',
  'Northfield',
  'Westbrook',
]

const makeClinic = (prng: Prng, index: number): Clinic => {
  const id = prng.uuid()
  const place = PLACES[index % 6] ?? prng.pick(PLACES)
  const home = livingAt(prng, place)
  const name = `${CLINICS[index % CLINICS.length]} ${index < CLINICS.length ? 'Medical Center' : `Clinic of ${place.city}`}`
  const resource: FhirResource = {
    resourceType: 'Organization',
    id,
    meta: TEST_DATA,
    identifier: [{ system: 'https://directory.example.org/organization', value: prng.digits(6) }],
    active: true,
    type: [concept(hl7('organization-type', 'prov', 'Healthcare Provider'))],
    name,
    telecom: [{ system: 'phone', value: phoneNumber(prng, place.areaCode), use: 'work' }],
    address: [{ ...home.address, use: 'work' }],
  }
  return { id, name, resource, home }
}

const makeDoctor = (prng: Prng, clinic: Clinic): Doctor => {
  const id = prng.uuid()
  const isFemale = prng.chance(0.5)
  const given = prng.pick(isFemale ? FEMALE_NAMES : MALE_NAMES)
  const family = prng.pick(FAMILY_NAMES)
  const resource: FhirResource = {
    resourceType: 'Practitioner',
    id,
    meta: TEST_DATA,
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: makeNpi(`99${prng.digits(7)}`) }],
    active: true,
    name: [{ use: 'official', family, given: [given], prefix: ['Dr.'] }],
    gender: isFemale ? 'female' : 'male',
    telecom: [{ system: 'phone', value: phoneNumber(prng, clinic.home.place.areaCode), use: 'work' }],
    address: [{ ...clinic.home.address, use: 'work' }],
    qualification: [{ code: concept(hl7('v2-0360', 'MD', 'Doctor of Medicine')) }],
  }
  return { id, name: `Dr. ${given} ${family}`, clinic, resource }
}

/**
 * The practitioners of a whole population, about one for twenty patients, and the organizations
 * they work for.
 */
export const makeDirectory = (prng: Prng, patients: number): Directory => {
  const clinics = Array.from({ length: Math.max(2, Math.ceil(patients / 80)) }, (_, index) =>
    makeClinic(prng.fork(`clinic ${index}`), index),
  )
  const doctors = Array.from({ length: Math.max(3, Math.ceil(patients / 20)) }, (_, index) => {
    const own = prng.fork(`doctor ${index}`)
    return makeDoctor(own, clinics[index % clinics.length] ?? own.pick(clinics))
  })
  return { doctors }
}
