import { writeFile } from 'node:fs/promises'
import { generatePopulation } from '@chartward/fhir'

type Json = { readonly [key: string]: unknown }

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const inside = (value: unknown, key: string): Json[] => (isObject(value) ? objects(value[key]) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** One of the generated patients, by what the tests look for on pages and in files. */
export interface GeneratedPatient {
  readonly id: string
  /** Given names and family name, as written. */
  readonly name: string
  readonly family: string
  /** Of the first given name and the family name: "J. D." */
  readonly initials: string
  readonly mrn: string
  readonly ssn: string
  readonly street: string
  readonly phone: string
  /** The subjective part of each progress note, free text in one line. */
  readonly notes: readonly string[]
  readonly claims: number
  /** References to the practitioners of the encounters. */
  readonly seenBy: readonly string[]
}

export interface Population {
  readonly patients: readonly GeneratedPatient[]
  /** NPI by the practitioner's reference. */
  readonly npis: ReadonlyMap<string, string>
}

const identifier = (patient: Json, type: string): string => {
  const found = inside(patient, 'identifier').find((one) =>
    inside(one.type, 'coding').some(({ code }) => code === type),
  )
  return text(found?.value)
}

const noteText = (document: Json): string => {
  const [content] = inside(document, 'content')
  const attachment = content?.attachment
  return isObject(attachment) ? Buffer.from(text(attachment.data), 'base64').toString() : ''
}

const describe = (resources: readonly Json[]): GeneratedPatient | null => {
  const ofType = (type: string) => resources.filter(({ resourceType }) => resourceType === type)
  const [patient] = ofType('Patient')
  if (patient === undefined) return null
  const [name] = inside(patient, 'name')
  const given = texts(name?.given)
  const family = text(name?.family)
  return {
    id: text(patient.id),
    name: [...given, family].join(' '),
    family,
    initials: [given[0], family].map((part) => `${part?.charAt(0)}.`).join(' '),
    mrn: identifier(patient, 'MR'),
    ssn: identifier(patient, 'SS'),
    street: texts(inside(patient, 'address')[0]?.line)[0] ?? '',
    phone: text(inside(patient, 'telecom')[0]?.value),
    notes: ofType('DocumentReference')
      .map((document) => /^SUBJECTIVE: .+$/m.exec(noteText(document))?.[0] ?? '')
      .filter((note) => note !== ''),
    claims: ofType('Claim').length,
    seenBy: ofType('Encounter').flatMap((encounter) =>
      inside(encounter, 'participant').map(({ individual }) =>
        isObject(individual) ? text(individual.reference) : '',
      ),
    ),
  }
}

/** The patients of a seed, and as NDJSON of Bundles in `file` where one is named. */
export const makePopulation = async (
  seed: string,
  patients: number,
  file: string | null,
): Promise<Population> => {
  const now = new Date()
  const asOf = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const bundles = [...generatePopulation({ seed, patients, asOf })]
  if (file !== null) await writeFile(file, bundles.map((bundle) => `${JSON.stringify(bundle)}\n`).join(''))
  const npis = new Map<string, string>()
  for (const { resource, fullUrl } of bundles.flatMap(({ entry }) => entry)) {
    if (resource.resourceType === 'Practitioner')
      npis.set(fullUrl, text(inside(resource, 'identifier')[0]?.value))
  }
  return {
    patients: bundles
      .map(({ entry }) => describe(entry.map(({ resource }) => resource)))
      .filter((patient) => patient !== null),
    npis,
  }
}

/**
 * The practitioner with the most encounters, and a patient of theirs whose chart has everything that
 * is looked for.
 */
export const chooseCase = ({
  patients,
  npis,
}: Population): { readonly npi: string; readonly patient: GeneratedPatient } => {
  const encounters = new Map<string, number>()
  for (const reference of patients.flatMap(({ seenBy }) => seenBy))
    encounters.set(reference, (encounters.get(reference) ?? 0) + 1)
  const [busiest] = [...encounters].toSorted(([, a], [, b]) => b - a)
  const practitioner = busiest?.[0] ?? ''
  const patient = patients.find(
    (one) =>
      one.seenBy.includes(practitioner) &&
      one.ssn !== '' &&
      one.notes.some((note) => note.includes(one.family)) &&
      one.claims > 0 &&
      patients.filter(({ family }) => family === one.family).length === 1,
  )
  const npi = npis.get(practitioner)
  if (npi === undefined || patient === undefined)
    throw new Error('This seed has no patient with everything that the test looks for.')
  return { npi, patient }
}
