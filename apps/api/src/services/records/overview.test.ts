import type { OverviewOutput } from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
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

const PRACTITIONER = '11111111-2222-4333-8444-888888888888'

let test: TestApp
let clinician: Caller
/** Cares for the patient of the other source. */
let other: Caller
let nurse: Caller
let billing: Caller
/** Of a source that sends everything: one with a chart, one with none of it. */
let full: PatientId
let bare: PatientId
/** Of a source that sends patients and visits alone. */
let alone: PatientId

const PERSON = new Set(['AllergyIntolerance', 'Immunization'])

const of = (patient: string, resourceType: string, id: string, more: object): object => ({
  resourceType,
  id,
  [PERSON.has(resourceType) ? 'patient' : 'subject']: { reference: `Patient/${patient}` },
  ...more,
})

const person = (id: string): object[] => [
  { resourceType: 'Patient', id, name: [{ family: `Over${id}` }], birthDate: '1970-05-05' },
  of(id, 'Encounter', `${id}-visit`, {
    status: 'finished',
    class: { code: 'AMB' },
    type: [{ text: 'Check-up' }],
    participant: [{ individual: { reference: `Practitioner/${PRACTITIONER}` } }],
    period: { start: '2026-10-01T09:00:00Z', end: '2026-10-01T10:00:00Z' },
  }),
]

const coded = (code: string) => ({ coding: [{ code }] })
const ACTIVE = { clinicalStatus: coded('active') }
const named = (text: string) => ({ code: { text } })
const drug = (text: string, more: object) => ({
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text },
  ...more,
})

const vital = (id: string, code: string, more: object): object =>
  of('full', 'Observation', id, {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }], text: id.slice(0, -1) },
    ...more,
  })

const FULL: readonly object[] = [
  of('full', 'AllergyIntolerance', 'a1', { ...ACTIVE, ...named('Peanut'), recordedDate: '2020' }),
  of('full', 'AllergyIntolerance', 'a2', { ...ACTIVE, ...named('Latex'), recordedDate: '2024' }),
  of('full', 'AllergyIntolerance', 'a3', {
    ...ACTIVE,
    ...named('Refuted allergy'),
    verificationStatus: coded('refuted'),
  }),
  of('full', 'AllergyIntolerance', 'a4', { clinicalStatus: coded('resolved'), ...named('Old allergy') }),
  of('full', 'AllergyIntolerance', 'a5', { ...ACTIVE, ...named('No known drug allergies') }),
  of('full', 'AllergyIntolerance', 'a6', {
    clinicalStatus: coded('inactive'),
    ...named('No known food allergies'),
  }),
  of('full', 'AllergyIntolerance', 'a7', { ...ACTIVE, ...named('Strange'), implicitRules: 'urn:x' }),
  of('full', 'Condition', 'c1', { ...ACTIVE, ...named('Asthma'), recordedDate: '2020' }),
  of('full', 'Condition', 'c2', { ...ACTIVE, ...named('Gout'), recordedDate: '2025' }),
  of('full', 'Condition', 'c3', {
    ...ACTIVE,
    ...named('Mistake'),
    verificationStatus: coded('entered-in-error'),
  }),
  of('full', 'Condition', 'c4', { ...ACTIVE, ...named('Refuted'), verificationStatus: coded('refuted') }),
  of('full', 'Condition', 'c5', { clinicalStatus: coded('resolved'), ...named('Influenza') }),
  of('full', 'Condition', 'c6', { ...ACTIVE, ...named('Secret'), meta: { security: [{ code: 'ETH' }] } }),
  of('full', 'Condition', 'c7', { ...ACTIVE, ...named('Sealed'), meta: { security: [{ code: 'V' }] } }),
  of('full', 'Condition', 'c8', { ...ACTIVE, ...named('Strange problem'), implicitRules: 'urn:x' }),
  of('full', 'MedicationRequest', 'm1', drug('Amlodipine', { authoredOn: '2024-01-01' })),
  of('full', 'MedicationRequest', 'm2', drug('Stopped drug', { status: 'stopped' })),
  of('full', 'MedicationRequest', 'm3', drug('Proposed drug', { intent: 'proposal' })),
  of('full', 'MedicationRequest', 'm4', drug('Warfarin', { doNotPerform: true })),
  of('full', 'MedicationStatement', 'm5', {
    status: 'active',
    medicationCodeableConcept: { text: 'Ibuprofen' },
    effectivePeriod: { start: '2025-06-01' },
  }),
  of('full', 'MedicationStatement', 'm6', {
    status: 'active',
    medicationCodeableConcept: { text: 'Taken once' },
    effectivePeriod: { start: '2025-06-01', end: '2025-07-01' },
  }),
  vital('Pulse1', '8867-4', {
    effectiveDateTime: '2025-01-01',
    valueQuantity: { value: 70, unit: '/min' },
  }),
  vital('Pulse2', '8867-4', {
    effectiveDateTime: '2026-01-01',
    valueQuantity: { value: 72, unit: '/min' },
  }),
  vital('Pulse3', '8867-4', {
    status: 'entered-in-error',
    effectiveDateTime: '2026-05-01',
    valueQuantity: { value: 700, unit: '/min' },
  }),
  vital('Height1', '8302-2', {
    status: 'entered-in-error',
    effectiveDateTime: '2026-05-01',
    valueQuantity: { value: 17, unit: 'cm' },
  }),
  vital('Temperature1', '8310-5', {
    effectiveDateTime: '2024-01-01',
    valueQuantity: { value: 37.1, unit: 'Cel' },
  }),
  vital('Cholesterol1', '2093-3', {
    effectiveDateTime: '2026-01-01',
    valueQuantity: { value: 200, unit: 'mg/dL' },
  }),
  ...Array.from({ length: 6 }, (_, i) =>
    of('full', 'Encounter', `v${i}`, {
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: `Visit ${i}` }],
      period: { start: `2025-0${i + 1}-01T09:00:00Z` },
    }),
  ),
  of('full', 'Encounter', 'v9', {
    status: 'planned',
    class: { code: 'AMB' },
    type: [{ text: 'To come' }],
    period: { start: '2027-01-01T09:00:00Z' },
  }),
  of('full', 'ServiceRequest', 's1', { status: 'active', intent: 'order', ...named('Eye check') }),
  of('full', 'ServiceRequest', 's2', { status: 'completed', intent: 'order', ...named('Done') }),
  of('full', 'ServiceRequest', 's3', { status: 'active', intent: 'plan', ...named('Thought of') }),
]

const store = async (resources: readonly object[], source: string): Promise<void> => {
  const problems: string[] = []
  async function* lines() {
    const entry = resources.map((resource) => ({ resource }))
    yield Buffer.from(`${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })}\n`)
  }
  await importFhir(test.app, lines(), {
    trusted: true,
    author: 'service:import',
    source,
    onProblem: ({ message }) => problems.push(message),
  })
  expect(problems).toEqual([])
}

/** Statements behind the application's back, past the triggers. */
const tamper = async (...statements: string[]): Promise<void> => {
  const owner = test.database.open('chartward_owner', 1)
  await owner.sql.begin(async (sql) => {
    await sql.unsafe('set local session_replication_role = replica')
    for (const statement of statements) await sql.unsafe(statement)
  })
}

const titles = ({ items }: OverviewOutput['allergies']) => items.map(({ title }) => title)
const known = (answer: OverviewOutput) =>
  Object.fromEntries(Object.entries(answer).map(([key, part]) => [key, part.known]))

beforeAll(async () => {
  test = await createTestApp()
  const doctor = { resourceType: 'Practitioner', id: PRACTITIONER, name: [{ family: 'Doctor' }] }
  await store([doctor, ...person('full'), ...FULL, ...person('bare')], 'everything')
  await store([doctor, ...person('alone')], 'visits')
  const links = await test.app.db.sql<{ practitioner_id: string }[]>`
    select distinct practitioner_id from care_relationships`
  const callers = await Promise.all(
    links.map(async ({ practitioner_id: practitionerId }) =>
      callerFor((await signInAs(test.app, 'clinician', { practitionerId })).context),
    ),
  )
  const byName = new Map<string, { id: PatientId; caller: Caller; practitionerId: string }>()
  for (const [at, caller] of callers.entries())
    for (const { id, values } of (await caller.patients.mine({})).items)
      byName.set(/Over(\w+)/.exec(JSON.stringify(values.name))?.[1] ?? '', {
        id: id as PatientId,
        caller,
        practitionerId: links[at]?.practitioner_id ?? '',
      })
  full = byName.get('full')?.id ?? nilId()
  bare = byName.get('bare')?.id ?? nilId()
  alone = byName.get('alone')?.id ?? nilId()
  const practitionerId = byName.get('full')?.practitionerId ?? ''
  const callerOf = (name: string): Caller => {
    const found = byName.get(name)
    if (found === undefined) throw new Error(`nobody cares for ${name}`)
    return found.caller
  }
  clinician = callerOf('full')
  other = callerOf('alone')
  nurse = callerFor((await signInAs(test.app, 'nurse', { practitionerId })).context)
  billing = callerFor((await signInAs(test.app, 'billing')).context)
})
afterAll(() => test.stop())

describe('an overview', () => {
  it('has what is in force now and nothing else, newest first, and what says no after what there is', async () => {
    const answer = await clinician.records.overview({ patientId: full })
    expect(titles(answer.allergies)).toEqual(['Latex', 'Peanut', 'Strange', 'No known drug allergies'])
    expect(titles(answer.problems)).toEqual(['Gout', 'Asthma', 'Secret'])
    expect(titles(answer.medication)).toEqual(['Ibuprofen', 'Amlodipine', 'Warfarin'])
    expect(titles(answer.orders)).toEqual(['Eye check'])
  })

  it('says of each record what may not be ignored of it', async () => {
    const { allergies, medication } = await clinician.records.overview({ patientId: full })
    const words = (part: typeof allergies, title: string) =>
      part.items.find((item) => item.title === title)?.meaning.words
    expect(words(allergies, 'No known drug allergies')).toEqual(['Says that there is none'])
    expect(words(allergies, 'Strange')).toEqual(['Changed by something that this system does not understand'])
    expect(words(medication, 'Warfarin')).toEqual(['Do not give'])
    expect(words(medication, 'Amlodipine')).toEqual([])
  })

  it('has of each vital sign the latest that can be relied on, and no other measurement', async () => {
    const { vitals } = await clinician.records.overview({ patientId: full })
    expect(vitals.items.map(({ values }) => values.id)).toEqual(['Pulse2', 'Temperature1'])
  })

  it('has the last visits, none that is to come, and says that there may be more', async () => {
    const { visits, problems } = await clinician.records.overview({ patientId: full })
    expect(titles(visits)).toEqual(['Check-up', 'Visit 5', 'Visit 4', 'Visit 3', 'Visit 2'])
    expect([visits.cut, problems.cut]).toEqual([true, false])
  })

  it('counts what labels withhold and tells nothing of it; a role that names the label sees it', async () => {
    const { problems } = await clinician.records.overview({ patientId: full })
    expect(problems).toMatchObject({ records: 8, withheld: 1, notUnderstood: 1 })
    const asNurse = await nurse.records.overview({ patientId: full })
    expect(asNurse.problems).toMatchObject({ records: 8, withheld: 2, notUnderstood: 1 })
    expect(titles(asNurse.problems)).toEqual(['Gout', 'Asthma'])
    expect(JSON.stringify(asNurse)).not.toContain('Secret')
    expect(JSON.stringify(asNurse)).not.toContain('Sealed')
  })

  it('tells that there is none, that none was ever sent, and that it may not be seen apart', async () => {
    expect(known(await clinician.records.overview({ patientId: bare }))).toEqual({
      allergies: 'none',
      problems: 'none',
      medication: 'none',
      vitals: 'none',
      visits: 'some',
      orders: 'none',
    })
    expect(known(await other.records.overview({ patientId: alone }))).toEqual({
      allergies: 'not-imported',
      problems: 'not-imported',
      medication: 'not-imported',
      vitals: 'not-imported',
      visits: 'some',
      orders: 'not-imported',
    })
    const clerk = await billing.records.overview({ patientId: full })
    expect(new Set(Object.values(known(clerk)))).toEqual(new Set(['not-yours']))
    for (const part of Object.values(clerk))
      expect(part).toMatchObject({ records: 0, withheld: 0, notUnderstood: 0, items: [] })
  })

  it('is refused to whoever does not care for the patient', async () => {
    const stranger = callerFor((await signInAs(test.app, 'clinician')).context)
    expect(await refusalOf(stranger.records.overview({ patientId: full }))).toBe('NO_CARE_RELATIONSHIP')
  })

  it('leaves an entry of what was shown, and not of what was looked through', async () => {
    await clinician.records.overview({ patientId: bare })
    const [last] = (await auditEntries(test.app, 'record.listed')).slice(-1)
    expect(last).toMatchObject({ patientId: bare, count: 1, purpose: 'overview of the chart' })
    expect(last?.fields.some((path) => path.startsWith('Encounter.'))).toBe(true)
    expect(last?.fields.some((path) => path.startsWith('AllergyIntolerance.'))).toBe(false)
    const { items } = (await nurse.records.overview({ patientId: full })).allergies
    expect(items.length).toBeGreaterThan(0)
  })

  it('looks through the records themselves where the index does not fit, and says so', async () => {
    await tamper(
      `create table if not exists saved as select * from chart_segments`,
      `delete from chart_segments where patient_id = '${full}' and resource_type in ('AllergyIntolerance', 'Observation')`,
    )
    const { allergies, vitals, problems } = await clinician.records.overview({ patientId: full })
    expect(titles(allergies)).toEqual(['Latex', 'Peanut', 'Strange', 'No known drug allergies'])
    expect(vitals.items.map(({ values }) => values.id)).toEqual(['Pulse2', 'Temperature1'])
    expect([allergies.untrusted, vitals.untrusted, problems.untrusted]).toEqual([true, true, false])
    await tamper('delete from chart_segments', 'insert into chart_segments select * from saved')
  })

  it('shows a record that somebody has changed, and says of its part that not all is as it was stored', async () => {
    const gout = (await clinician.records.overview({ patientId: full })).problems.items[0]?.id ?? ''
    await tamper(
      `update record_versions set clinical = set_byte(clinical, 60, get_byte(clinical, 60) # 1) where record_id = '${gout}'`,
    )
    const { problems, allergies } = await clinician.records.overview({ patientId: full })
    expect(problems.items.find(({ id }) => id === gout)?.untrusted).toBe(true)
    expect([problems.untrusted, allergies.untrusted]).toEqual([true, false])
    await tamper(
      `update record_versions set clinical = set_byte(clinical, 60, get_byte(clinical, 60) # 1) where record_id = '${gout}'`,
    )
  })
})

describe('a trend', () => {
  const PULSE = 'http://loinc.org|8867-4'

  it('has every value of its kind that can be a point, newest first, and what a point is made of alone', async () => {
    const { count, items } = await clinician.records.trend({ patientId: full, kind: PULSE })
    expect(count).toBe(2)
    expect(items.map(({ values }) => values.effectiveDateTime)).toEqual(['2026-01-01', '2025-01-01'])
    expect(Object.keys(items[0]?.values ?? {}).toSorted()).toEqual([
      'code',
      'effectiveDateTime',
      'valueQuantity',
    ])
  })

  it('is the whole series and not the page of a list', async () => {
    const many = Array.from({ length: 230 }, (_, i) =>
      vital(`Weight${i}`, '29463-7', {
        effectiveDateTime: `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
        valueQuantity: { value: 70 + i / 10, unit: 'kg' },
      }),
    )
    await store([...person('full'), ...many], 'everything')
    const { count, items } = await clinician.records.trend({
      patientId: full,
      kind: 'http://loinc.org|29463-7',
    })
    expect([count, items.length]).toEqual([230, 230])
  })

  it('leaves an entry that names what a point is made of, and no more', async () => {
    await clinician.records.trend({ patientId: full, kind: PULSE })
    const [last] = (await auditEntries(test.app, 'record.listed')).slice(-1)
    expect(last).toMatchObject({ patientId: full, count: 2, purpose: 'trend of a measurement' })
    expect(last?.fields.toSorted()).toEqual([
      'Observation.code',
      'Observation.effectiveDateTime',
      'Observation.valueQuantity',
    ])
  })

  it('is refused to whoever may not see measurements', async () => {
    expect(await refusalOf(billing.records.trend({ patientId: full, kind: PULSE }))).toBe('FORBIDDEN')
  })
})

describe('a list of problems', () => {
  it('has what is active before the rest, each newest first, through all pages', async () => {
    const seen: string[] = []
    let cursor: string | null | undefined
    while (cursor !== null) {
      const page = await clinician.records.list({
        patientId: full,
        type: 'Condition',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      expect(page.order).toBe('active-first')
      seen.push(...page.items.map(({ values, withheld }) => (withheld ? 'withheld' : String(values.id))))
      cursor = page.nextCursor
    }
    expect(seen.slice(0, 3)).toEqual(['c2', 'c1', 'c6'])
    expect(seen.toSorted()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c8', 'withheld'])
    expect(seen.at(-1)).toBe('withheld')
  })
})
