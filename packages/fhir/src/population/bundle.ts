import type { FhirResource } from '../json.ts'
import { Chart } from './chart.ts'
import { addCourse } from './clinical.ts'
import { type Directory, makeDirectory } from './directory.ts'
import { addFurther } from './further.ts'
import { patientResource } from './patient.ts'
import { makePerson } from './people.ts'
import { Prng } from './prng.ts'

export interface PopulationOptions {
  /** The same seed, number of patients and time give the same population, byte for byte. */
  readonly seed: number | string
  readonly patients: number
  /** The charts end shortly before this time; appointments lie after it. */
  readonly asOf: Date
}

export interface Bundle extends FhirResource {
  readonly resourceType: 'Bundle'
  readonly type: 'transaction'
  readonly entry: readonly {
    readonly fullUrl: string
    readonly resource: FhirResource
    readonly request: { readonly method: 'PUT'; readonly url: string }
  }[]
}

const entryOf = (resource: FhirResource): Bundle['entry'][number] => ({
  fullUrl: `urn:uuid:${resource.id}`,
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
})

const patientBundle = (prng: Prng, asOf: number, { doctors }: Directory): Bundle => {
  const person = makePerson(prng.fork('person'), asOf, doctors)
  const chart = new Chart(person, prng.fork('chart'), asOf)
  const patient = patientResource(prng.fork('patient'), person)
  chart.doctors.add(person.doctor)
  addCourse(chart, doctors)
  addFurther(chart)
  const seen = [...chart.doctors]
  const clinics = new Set(seen.map((doctor) => doctor.clinic.resource))
  const resources = [patient, ...clinics, ...seen.map((doctor) => doctor.resource), ...chart.resources]
  return { resourceType: 'Bundle', type: 'transaction', entry: resources.map(entryOf) }
}

/**
 * A synthetic population as FHIR R4 transaction Bundles, one a patient, each with the practitioners and
 * organizations that it names (shared by the population, so they come again in other Bundles, the same).
 * Nobody in it ever lived: names, places and codes are common ones, and every number is of a range that is
 * never given out. Patient `n` does not depend on how many others are asked for, except for the size of
 * the directory.
 */
export function* generatePopulation({
  seed,
  patients,
  asOf,
}: PopulationOptions): Generator<Bundle, void, undefined> {
  const prng = new Prng(`chartward population/${seed}`)
  const directory = makeDirectory(prng.fork('directory'), patients)
  for (let index = 0; index < patients; index += 1) {
    yield patientBundle(prng.fork(`patient ${index}`), asOf.getTime(), directory)
  }
}
