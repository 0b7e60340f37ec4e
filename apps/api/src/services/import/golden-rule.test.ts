import { type FhirResource, fromRecord, meaningOf, toRecord } from '@chartward/fhir'
import { resourceArbitrary } from '@chartward/fhir/testing'
import {
  FIELD_CLASSES,
  isResourceType,
  type PatientId,
  RESOURCE_TYPES,
  type RecordId,
  resourceOf,
} from '@chartward/policy'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nilId } from '../../core/ids.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { type OpenedRecord, openRecord } from '../../vault/open-record.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { recordsRouter } from '../records/router.ts'
import { importFhir } from './import-fhir.ts'

const callerFor = createCallerFactory(router({ records: recordsRouter }))

const PATIENT = 'golden'
/** What gives a clinician and a nurse the patient's care. */
const CARE: readonly FhirResource[] = [
  { resourceType: 'Practitioner', id: 'doctor', name: [{ family: 'Doctor' }] },
  {
    resourceType: 'Encounter',
    id: 'care',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${PATIENT}` },
    participant: [{ individual: { reference: 'Practitioner/doctor' } }],
    period: { start: '2026-10-01T09:00:00Z', end: '2026-10-01T10:00:00Z' },
  },
]
const MODIFIED = [{ url: 'https://example.org/negated', valueBoolean: true }]
const CHART = RESOURCE_TYPES.filter((type) => resourceOf(type).compartment === 'patient')

let test: TestApp
let patientId: PatientId
let practitionerId: string
let sent: FhirResource[]
let stored: ReadonlyMap<string, OpenedRecord>

/** Of the generated resource, one of the patient's; some with a modifier that nobody here understands. */
const ofPatient = (resource: FhirResource, at: number): FhirResource[] => {
  const type = resource.resourceType
  if (!isResourceType(type) || type === 'Patient' || resourceOf(type).compartment !== 'patient') return []
  const element = resourceOf(type).patientElement
  const subject = { reference: `Patient/${PATIENT}` }
  return [
    {
      ...resource,
      id: `g${at}`,
      ...(element === null ? {} : { [element]: element === 'target' ? [subject] : subject }),
      ...(at % 5 === 0 ? { modifierExtension: MODIFIED } : {}),
    },
  ]
}

beforeAll(async () => {
  test = await createTestApp()
  const generated = fc.sample(resourceArbitrary, { numRuns: 600, seed: 20_261_129 })
  sent = [{ resourceType: 'Patient', id: PATIENT }, ...generated.flatMap(ofPatient)]
  const problems: string[] = []
  async function* lines() {
    for (const resource of [...sent, ...CARE]) yield Buffer.from(`${JSON.stringify(resource)}\n`)
  }
  await importFhir(test.app, lines(), {
    trusted: true,
    author: 'service:import',
    onProblem: ({ message }) => problems.push(message),
  })
  expect(problems).toEqual([])
  const [row] = await test.app.db.sql<{ patient_id: PatientId; practitioner_id: string }[]>`
    select patient_id, practitioner_id from care_relationships`
  patientId = row?.patient_id ?? nilId()
  practitionerId = row?.practitioner_id ?? ''
  const versions = await Promise.all(
    CHART.map((type) =>
      selectVersions(test.app.db, 'all', { patientId, type, after: null, limit: 1_000 }, FIELD_CLASSES),
    ),
  )
  const opened = await test.app.keyring.withPatientKeys(patientId, (keys) =>
    versions.flat().map((version) => openRecord(version, FIELD_CLASSES, keys)),
  )
  stored = new Map(opened.map((record) => [sourceIdIn(record), record]))
})
afterAll(() => test.stop())

const sourceIdIn = ({ fields }: OpenedRecord): string =>
  String(Object.values(fields).find((values) => values?.id !== undefined)?.id)

describe('the golden rule', () => {
  it('holds of every generated resource of a stored type: each leaf that was sent is in the vault', () => {
    expect(new Set(sent.map(({ resourceType }) => resourceType)).size).toBe(CHART.length)
    for (const resource of sent) {
      const record = stored.get(String(resource.id))
      if (record === undefined) throw new Error(`a ${resource.resourceType} is lost`)
      const { patientRef, sourceId } = toRecord(resource)
      expect(record.trusted).toBe(true)
      expect(fromRecord(record.type, sourceId, patientRef, record.fields)).toEqual(
        JSON.parse(JSON.stringify(resource)),
      )
    }
  })

  it.each(['patient', 'nurse', 'clinician', 'billing'])(
    'holds of what the chart shows to a %s: what is not as it reads says so, in the list and by itself',
    async (role) => {
      const signedIn = await signInAs(test.app, role, role === 'patient' ? { patientId } : { practitionerId })
      const { records } = callerFor(signedIn.context)
      const byId = new Map<RecordId, OpenedRecord>([...stored.values()].map((one) => [one.id, one]))
      let negated = 0
      for (const type of CHART) {
        const answer = await records.list({ patientId, type, limit: 200 }).catch(() => null)
        for (const { id, meaning, withheld, values } of answer?.items ?? []) {
          const whole = byId.get(id as RecordId)
          if (whole === undefined) throw new Error(`a ${type} is shown that is not in the vault`)
          const { standing } = meaningOf(type, whole.fields)
          if (withheld) {
            expect(values).toEqual({})
            continue
          }
          expect([type, meaning.standing]).toEqual([type, standing])
          if (standing === 'said') continue
          negated += 1
          expect([type, meaning.words.length > 0, meaning.counts]).toEqual([type, true, false])
        }
      }
      expect(negated).toBeGreaterThan(5)
    },
  )
})
