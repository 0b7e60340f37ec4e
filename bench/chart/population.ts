/** Two patients of one practitioner: one with a long history of observations, one with a short one. */
export const LONG = 20_000
export const SHORT = 20

const PRACTITIONER_ID = '00000000-0000-4000-8000-000000000001'
const HOUR = 3600_000

/** What is measured, as often as in a chart: some of it each day, most of it now and then. */
const MEASURED = ['8867-4', '8480-6', '29463-7', '2339-0', '2951-2', '2823-3', '718-7', '4548-4', '2160-0']

const patientOf = (id: string) => ({ resourceType: 'Patient', id, name: [{ family: `Bench ${id}` }] })

const encounterOf = (id: string, now: Date) => ({
  resourceType: 'Encounter',
  id: `${id}-visit`,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${id}` },
  participant: [{ individual: { reference: `Practitioner/${PRACTITIONER_ID}` } }],
  period: {
    start: new Date(now.getTime() - 2 * HOUR).toISOString(),
    end: new Date(now.getTime() - HOUR).toISOString(),
  },
})

const observationOf = (patient: string, i: number, now: Date) => ({
  resourceType: 'Observation',
  id: `${patient}-${i}`,
  status: 'final',
  code: {
    coding: [{ system: 'http://loinc.org', code: MEASURED[i % MEASURED.length] }],
    text: `Measurement ${i % MEASURED.length}`,
  },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: new Date(now.getTime() - i * 7 * HOUR).toISOString(),
  valueQuantity: { value: 60 + (i % 50), unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
})

/** NDJSON of FHIR R4 resources, the patients first. */
export async function* chartChunks(now: Date): AsyncGenerator<Uint8Array> {
  const line = (resource: object) => Buffer.from(`${JSON.stringify(resource)}\n`)
  yield line({ resourceType: 'Practitioner', id: PRACTITIONER_ID, name: [{ family: 'Bench' }] })
  for (const [patient, observations] of [
    ['long', LONG],
    ['short', SHORT],
  ] as const) {
    yield line(patientOf(patient))
    yield line(encounterOf(patient, now))
    for (let i = 0; i < observations; i += 1) yield line(observationOf(patient, i, now))
  }
}
