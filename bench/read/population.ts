import { generatePopulation } from '@chartward/fhir'

/** How many patients the vault holds. */
export const PATIENTS = 10_000
/** As many charts are made; the patients are these over and over, each under an id of their own. */
const CHARTS = 40

const PRACTITIONER_ID = '00000000-0000-4000-8000-000000000001'
const HOUR = 3600_000

type Resource = Readonly<Record<string, unknown>>

/** Patient resources as our generator makes them. */
export const patientResources = (now: Date): Resource[] =>
  [...generatePopulation({ seed: 'bench read', patients: CHARTS, asOf: now })].map(({ entry }) => {
    const found = entry.find(({ resource }) => resource.resourceType === 'Patient')
    if (found === undefined) throw new Error('a chart without its Patient')
    return found.resource
  })

const encounter = (id: string, patientId: string, now: Date): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${patientId}` },
  participant: [{ individual: { reference: `Practitioner/${PRACTITIONER_ID}` } }],
  period: {
    start: new Date(now.getTime() - 2 * HOUR).toISOString(),
    end: new Date(now.getTime() - HOUR).toISOString(),
  },
})

/**
 * A vault's worth of patients as NDJSON of FHIR R4 Bundles: for each a Patient and one encounter with a
 * practitioner, the same for all, which makes the care relationship.
 */
export async function* populationChunks(now: Date): AsyncGenerator<Uint8Array> {
  const practitioner = { resourceType: 'Practitioner', id: PRACTITIONER_ID, name: [{ family: 'Bench' }] }
  const patients = patientResources(now)
  for (let i = 0; i < PATIENTS; i += 1) {
    const patient = { ...patients[i % patients.length], id: `patient-${i}` }
    const resources = [practitioner, patient, encounter(`encounter-${i}`, patient.id, now)]
    const entry = resources.map((resource) => ({ resource }))
    yield Buffer.from(`${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })}\n`)
  }
}
