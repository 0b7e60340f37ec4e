import { type Bundle, type FhirResource, generatePopulation } from '@chartward/fhir'

/** The population is the same at every start of the same version: its seed says which it is. */
const SEED = 'chartward-demo-1'
const DATE = /^\d{4}-\d\d-\d\d(T|$)/

/** What the whole bundle is about: it comes with whatever comes first, and again with what comes later. */
const ALWAYS: ReadonlySet<string> = new Set(['Patient', 'Practitioner', 'Organization'])
/** Dates that are of a person's life, and say nothing of when something was recorded. */
const OF_A_LIFE: ReadonlySet<string> = new Set(['birthDate', 'deceasedDateTime', 'meta'])

const earliestIn = (value: unknown): number => {
  if (typeof value === 'string') return DATE.test(value) ? Date.parse(value) : Number.POSITIVE_INFINITY
  if (typeof value !== 'object' || value === null) return Number.POSITIVE_INFINITY
  const parts = Object.entries(value).map(([key, part]) =>
    OF_A_LIFE.has(key) ? Number.POSITIVE_INFINITY : earliestIn(part),
  )
  return Math.min(...parts, Number.POSITIVE_INFINITY)
}

/** When a resource can have been recorded at the earliest, in milliseconds; without any date, always. */
const recordedAt = (resource: FhirResource): number => {
  const at = ALWAYS.has(resource.resourceType) ? Number.NEGATIVE_INFINITY : earliestIn(resource)
  return at === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : at
}

const textIn = (value: unknown, ...path: readonly (string | number)[]): string | null => {
  const found = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
  return typeof found === 'string' ? found : null
}

/** A generated population as its source delivers it: a first time, and then what was recorded since. */
export class Population {
  readonly patients: number
  readonly #asOf: Date
  #delivered = Number.NEGATIVE_INFINITY

  /** Charts end with the month before `now`. */
  constructor(patients: number, now: Date) {
    this.patients = patients
    this.#asOf = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  }

  /** Medical record numbers and family names, in order. */
  people(): { mrns: string[]; families: string[] } {
    const mrns: string[] = []
    const families: string[] = []
    for (const { entry } of this.#bundles()) {
      const patient = entry[0]?.resource
      const mrn = textIn(patient, 'identifier', 0, 'value')
      const family = textIn(patient, 'name', 0, 'family')
      if (mrn !== null) mrns.push(mrn)
      if (family !== null) families.push(family)
    }
    return { mrns, families }
  }

  /**
   * NDJSON of Bundles with what was recorded up to `until` (ms) and has not been delivered: at first, every
   * patient. What lies ahead when the charts end (appointments) comes with the last.
   */
  async *deliver(until: number): AsyncGenerator<Uint8Array> {
    const since = this.#delivered
    const isFirst = since === Number.NEGATIVE_INFINITY
    for (const bundle of this.#bundles()) {
      const entry = bundle.entry.filter(({ resource }) => {
        const at = recordedAt(resource)
        return ALWAYS.has(resource.resourceType) || (at > since && at <= until) || (isFirst && at === since)
      })
      const isNews = entry.some(({ resource }) => !ALWAYS.has(resource.resourceType))
      if (isFirst || isNews) yield Buffer.from(`${JSON.stringify({ ...bundle, entry })}\n`)
    }
    this.#delivered = until
  }

  #bundles(): Generator<Bundle> {
    return generatePopulation({ seed: SEED, patients: this.patients, asOf: this.#asOf })
  }
}
