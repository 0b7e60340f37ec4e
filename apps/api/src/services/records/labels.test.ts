import type { PatientId, ResourceType } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nilId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { importFhir } from '../import/import-fhir.ts'
import { patientsRouter } from '../patients/router.ts'
import { recordsRouter } from './router.ts'

const callerFor = createCallerFactory(router({ patients: patientsRouter, records: recordsRouter }))
type Caller = ReturnType<typeof callerFor>

const PRACTITIONER = '11111111-2222-4333-8444-666666666666'
const SECRET = 'Zebrafinch'

let test: TestApp
let clinician: Caller
let patient: Caller
let billing: Caller
let nurse: Caller
let ann: PatientId
let vip: PatientId

const coded = (...codes: string[]) => ({ security: codes.map((code) => ({ system: 'urn:any', code })) })

const labelled = (id: string, meta: object | undefined, more: object = {}): object => ({
  resourceType: 'Condition',
  id,
  ...(meta === undefined ? {} : { meta }),
  subject: { reference: 'Patient/ann' },
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: `${SECRET} ${id}` },
  recordedDate: '2026-10-05',
  ...more,
})

const inCareOf = (id: string): object => ({
  resourceType: 'Encounter',
  id: `${id}-e`,
  subject: { reference: `Patient/${id}` },
  status: 'finished',
  class: { code: 'AMB' },
  participant: [{ individual: { reference: `Practitioner/${PRACTITIONER}` } }],
  period: { start: '2026-10-01T09:00:00Z', end: '2026-10-01T10:00:00Z' },
})

/** An inline label of https://hl7.org/fhir/uv/security-label-ds4p/, at a part of the record. */
const inline = (code: string): object => ({
  extension: [
    {
      url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label',
      valueCoding: { code },
    },
  ],
})

const store = async (resources: readonly object[]): Promise<void> => {
  const problems: string[] = []
  async function* lines() {
    const entry = resources.map((resource) => ({ resource }))
    yield Buffer.from(`${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })}\n`)
  }
  await importFhir(test.app, lines(), {
    trusted: true,
    author: 'service:import',
    onProblem: ({ message }) => problems.push(message),
  })
  expect(problems).toEqual([])
}

const listed = (caller: Caller, type: ResourceType = 'Condition') =>
  caller.records.list({ patientId: ann, type, limit: 200 })

/** Of a list: what is shown by its title, and how many are withheld. */
const seenIn = async (caller: Caller, type: ResourceType = 'Condition') => {
  const { items, summary } = await listed(caller, type)
  const withheld = items.filter((item) => item.withheld)
  return {
    shown: items.flatMap((item) => (item.withheld ? [] : [item.title?.split(' ').at(-1)])).toSorted(),
    withheld: withheld.length,
    summary: summary?.withheld,
  }
}

beforeAll(async () => {
  test = await createTestApp()
  await store([
    { resourceType: 'Practitioner', id: PRACTITIONER, name: [{ family: 'Doctor' }] },
    { resourceType: 'Patient', id: 'ann', name: [{ family: 'Labelann' }], birthDate: '1970-05-05' },
    { resourceType: 'Patient', id: 'vip', meta: coded('VIP'), name: [{ family: 'Labelvip' }] },
    inCareOf('ann'),
    inCareOf('vip'),
    labelled('plain', undefined),
    labelled('usual', coded('N')),
    labelled('restricted', coded('R')),
    labelled('substance', coded('ETH')),
    labelled('part2', coded('R', '42CFRPart2')),
    labelled('psychotherapy', coded('PSYTHPN')),
    labelled('very', coded('V')),
    labelled('strange', coded('xyz')),
    labelled('inline', undefined, { severity: { text: 'severe', ...inline('V') } }),
    ...['2020', '2021', '2022'].map((year) => ({
      resourceType: 'Observation',
      id: `o${year}`,
      meta: coded('V'),
      subject: { reference: 'Patient/ann' },
      status: 'final',
      code: { text: SECRET },
      effectiveDateTime: year,
      valueQuantity: { value: 1, unit: 'kg' },
    })),
    {
      resourceType: 'Claim',
      id: 'claim',
      meta: coded('R'),
      patient: { reference: 'Patient/ann' },
      status: 'active',
      type: { text: SECRET },
      use: 'claim',
      created: '2026-01-01',
    },
  ])
  const [row] = await test.app.db.sql<{ practitioner_id: string; patients: PatientId[] }[]>`
    select practitioner_id, array_agg(patient_id order by patient_id) as patients from care_relationships group by 1`
  const practitionerId = row?.practitioner_id ?? ''
  clinician = callerFor((await signInAs(test.app, 'clinician', { practitionerId })).context)
  const ids = row?.patients ?? []
  const names = await Promise.all(
    ids.map(async (id) => JSON.stringify((await clinician.patients.get({ id })).values.name)),
  )
  ann = ids[names.findIndex((name) => name.includes('Labelann'))] ?? nilId()
  vip = ids[names.findIndex((name) => name.includes('Labelvip'))] ?? nilId()
  nurse = callerFor((await signInAs(test.app, 'nurse', { practitionerId })).context)
  patient = callerFor((await signInAs(test.app, 'patient', { patientId: ann })).context)
  billing = callerFor((await signInAs(test.app, 'billing')).context)
})
afterAll(() => test.stop())

describe('a list of records, some of which their source has labelled', () => {
  it('shows those whose labels a role names, and says of the others that they are there', async () => {
    const clinical = { shown: ['plain', 'restricted', 'substance', 'usual'], withheld: 5, summary: 5 }
    expect(await seenIn(clinician)).toEqual(clinical)
    expect(await seenIn(nurse)).toEqual({ shown: ['plain', 'usual'], withheld: 7, summary: 7 })
    const own = await seenIn(patient)
    expect([own.withheld, own.shown.includes('psychotherapy')]).toEqual([1, false])
    expect(own.shown).toContain('part2')
  })

  it('tells nothing else of a record that it withholds: no label, no date, no state', async () => {
    const { items, summary } = await listed(clinician)
    const withheld = items.filter((item) => item.withheld)
    for (const { values, title, meaning } of withheld) {
      expect({ values, title, meaning }).toEqual({
        values: {},
        title: null,
        meaning: { standing: 'said', words: [], counts: false, struck: false, labels: [] },
      })
    }
    expect(items.slice(-withheld.length)).toEqual(withheld)
    expect(summary?.states).toEqual([{ standing: 'said', state: 'active', count: 4 }])
    expect(summary?.undated).toBe(0)
    const { counts, current } = await clinician.patients.get({ id: ann })
    expect([counts.Condition, current.Condition]).toEqual([9, 4])
  })

  it('has no trend of them, and no filter that finds them', async () => {
    const all = await listed(clinician, 'Observation')
    expect([all.summary?.kinds, all.items.length, JSON.stringify(all).includes(SECRET)]).toEqual([
      [],
      3,
      false,
    ])
    const query = { patientId: ann, type: 'Observation' } as const
    expect((await clinician.records.list({ ...query, kind: SECRET })).items).toEqual([])
    expect((await clinician.records.list({ ...query, standing: 'said' })).items).toEqual([])
  })

  it('withholds them too where the index can not be relied on', async () => {
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql.begin(async (sql) => {
      await sql.unsafe('set local session_replication_role = replica')
      await sql.unsafe(
        `delete from chart_segments where patient_id = '${ann}' and resource_type = 'Condition'`,
      )
    })
    expect((await listed(clinician)).order).toBe('untrusted')
    expect(await seenIn(clinician)).toMatchObject({ withheld: 5, summary: undefined })
  })

  it('withholds a claim from the clerk, whose role names no label', async () => {
    expect(await seenIn(billing, 'Claim')).toEqual({ shown: [], withheld: 1, summary: 1 })
  })
})

describe('one such record', () => {
  it('is refused to whom it is withheld, in words that tell nothing of it, and the log says so', async () => {
    const { items } = await listed(clinician)
    const id = items.find((item) => item.withheld)?.id ?? nilId()
    expect(await refusalOf(clinician.records.get({ patientId: ann, id }))).toBe('FORBIDDEN')
    const entry = (await auditEntries(test.app, 'record.viewed')).at(-1)
    expect(entry).toMatchObject({ outcome: 'refused', patientId: ann, fields: [] })
    const message = await clinician.records.get({ patientId: ann, id }).catch((error: Error) => error.message)
    expect(message).toMatch(/^The source of this record restricts who may see it/)
  })

  it('opens for the patient, of whom it is', async () => {
    const seen = await listed(patient)
    const part2 = seen.items.find(({ title }) => title?.endsWith('part2'))?.id ?? nilId()
    const opened = await patient.records.get({ patientId: ann, id: part2 })
    expect(opened).toMatchObject({
      withheld: false,
      meaning: { labels: ['42 CFR Part 2 (substance use)', 'Restricted'] },
    })
  })
})

describe('a patient whose own record is labelled', () => {
  it('opens for roles that name the label, and for no other', async () => {
    expect((await clinician.patients.get({ id: vip })).meaning.labels).toEqual(['Restricted'])
    expect(await refusalOf(nurse.patients.get({ id: vip }))).toBe('FORBIDDEN')
    expect(await refusalOf(billing.patients.get({ id: vip }))).toBe('FORBIDDEN')
    const row = (await nurse.patients.mine({})).items.find(({ id }) => id === vip)
    expect(row).toMatchObject({ withheld: true, values: {}, meaning: { labels: [], words: [] } })
  })
})
