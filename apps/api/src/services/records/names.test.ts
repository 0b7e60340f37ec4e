import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { displayName } from '@chartward/fhir'
import {
  builtInPolicy,
  builtInRoles,
  decide,
  definePolicy,
  type PatientId,
  type ResourceType,
} from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nilId } from '../../core/ids.ts'
import { auditEntries } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { referencedNames } from '../directory/referenced.ts'
import { importTexts, ndjson, patient } from '../import/testing/inputs.ts'
import { patientsRouter } from '../patients/router.ts'
import { recordsRouter } from './router.ts'

const callerFor = createCallerFactory(router({ patients: patientsRouter, records: recordsRouter }))
type Caller = ReturnType<typeof callerFor>

let test: TestApp
let clinician: Caller
let ann: PatientId

const BASE = 'https://a.example/fhir'
const OTHER = 'https://b.example/fhir'

const medication = (id: string, text: string, more: object = {}) => ({
  resourceType: 'Medication',
  id,
  code: { text },
  ...more,
})
const ordered = (id: string, medicationReference: object | undefined, more: object = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  subject: { reference: 'Patient/ann' },
  status: 'active',
  intent: 'order',
  ...(medicationReference === undefined ? {} : { medicationReference }),
  ...more,
})
const encounter = {
  resourceType: 'Encounter',
  id: 'visit',
  subject: { reference: 'Patient/ann' },
  status: 'in-progress',
  class: { code: 'AMB' },
  participant: [{ individual: { reference: 'Practitioner/doc' } }],
  serviceProvider: { reference: 'Organization/clinic' },
  location: [{ location: { reference: 'Location/never' } }],
  period: { start: '2026-10-01T09:00:00Z' },
}

const idOf = (id: string | undefined): PatientId => (id ?? nilId()) as PatientId

const titles = async (type: ResourceType = 'MedicationRequest'): Promise<Record<string, string | null>> => {
  const { items } = await clinician.records.list({ patientId: ann, type, limit: 100 })
  return Object.fromEntries(items.map(({ values, title }) => [String(values.id), title]))
}
const store = async (
  files: Parameters<typeof importTexts>[1],
  options: Parameters<typeof importTexts>[2] = {},
) => expect((await importTexts(test.app, files, options)).problems).toEqual([])

beforeAll(async () => {
  test = await createTestApp()
  await store({
    'requests.ndjson': ndjson(
      ordered('after', { reference: 'Medication/later' }),
      ordered('never', { reference: 'Medication/5f1c' }),
      ordered('search', { reference: 'Medication?code=1' }),
      ordered('lost', { reference: '#gone' }),
      ordered('contained', { reference: '#m' }, { contained: [medication('m', 'Insulin')] }),
      ordered('said', { reference: 'Medication/early', display: 'Said beside it' }),
      ordered('nameless', { reference: 'Medication/nameless' }),
      ordered('mixed', { reference: '/Medication/mixed/_history/2' }),
      ordered('wrong', { reference: 'Medication/wrong' }),
      ordered('coded', undefined, { medicationCodeableConcept: { text: 'Aspirin' } }),
      encounter,
    ),
    'medications.ndjson': ndjson(
      medication('later', 'Warfarin 5 mg'),
      medication('nameless', ' '),
      medication('mixed', '', {
        code: undefined,
        ingredient: [{ itemCodeableConcept: { text: 'Zinc' } }, { itemCodeableConcept: { text: 'Iron' } }],
      }),
      medication('wrong', 'Never made', { status: 'entered-in-error' }),
    ),
    'people.ndjson': ndjson(
      { resourceType: 'Practitioner', id: 'doc', name: [{ family: 'Doctor' }] },
      { resourceType: 'Organization', id: 'clinic', name: 'The Clinic' },
      patient('ann', 'Named', { generalPractitioner: [{ reference: 'Practitioner/doc' }] }),
    ),
  })
  const [care] = await test.app.db.sql<{ practitioner_id: string; patient_id: PatientId }[]>`
    select practitioner_id, patient_id from care_relationships`
  ann = care?.patient_id ?? nilId()
  const user = await signInAs(test.app, 'clinician', { practitionerId: care?.practitioner_id ?? '' })
  clinician = callerFor(user.context)
})
afterAll(() => test.stop())

describe('a medication by reference', () => {
  it('is the title by its name, whichever came first, and no id where it never came', async () => {
    expect(await titles()).toEqual({
      after: 'Warfarin 5 mg',
      never: 'A medication that was not sent',
      search: 'A medication that was not sent',
      lost: 'A medication that was not sent',
      contained: 'Insulin',
      said: 'Said beside it',
      nameless: 'A medication without a name',
      mixed: 'Zinc, Iron',
      wrong: 'Never made (entered in error)',
      coded: 'Aspirin',
    })
  })

  it('is the same in the drawer, and the audit entry names the field of the directory', async () => {
    const { items } = await clinician.records.list({ patientId: ann, type: 'MedicationRequest', limit: 100 })
    const after = items.find(({ values }) => values.id === 'after')
    const opened = await clinician.records.get({ patientId: ann, id: after?.id ?? nilId() })
    expect(opened).toMatchObject({
      title: 'Warfarin 5 mg',
      names: [{ reference: 'Medication/later', words: 'Warfarin 5 mg' }],
      values: { medicationReference: { reference: 'Medication/later' } },
    })
    const [entry] = (await auditEntries(test.app)).slice(-1)
    expect(entry).toMatchObject({
      action: 'record.viewed',
      fields: expect.arrayContaining(['Medication.code']),
    })
  })

  it('is as it is now: it has come since, or has changed', async () => {
    await store({ 'm.ndjson': ndjson(medication('5f1c', 'Metformin'), medication('later', 'Warfarin 2 mg')) })
    expect(await titles()).toMatchObject({ never: 'Metformin', after: 'Warfarin 2 mg' })
  })

  it('is that of the record’s own server, and of no other with the same id', async () => {
    const entry = (base: string, resource: { resourceType: string; id: string }) => ({
      fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
      resource,
    })
    const bundle = (...all: object[]) => ndjson({ resourceType: 'Bundle', type: 'collection', entry: all })
    await store({
      'a.json': bundle(
        entry(BASE, ordered('own', { reference: 'Medication/same' })),
        entry(BASE, medication('same', 'Of A')),
      ),
      'b.json': bundle(
        entry(OTHER, medication('same', 'Of B')),
        entry(OTHER, medication('only', 'Only of B')),
      ),
      'c.json': bundle(
        entry(BASE, ordered('no-other', { reference: 'Medication/only' })),
        entry(BASE, ordered('absolute', { reference: `${OTHER}/Medication/only` })),
      ),
    })
    await store({ 'd.ndjson': ndjson(medication('same', 'Of another system')) }, { source: 'another' })
    expect(await titles()).toMatchObject({
      own: 'Of A',
      'no-other': 'A medication that was not sent',
      absolute: 'Only of B',
      after: expect.stringContaining('Warfarin'),
    })
  })

  it('that the reader may not see says so', async () => {
    const [statement] = builtInRoles.clinician.statements
    const clear = ['class:clinical'] as const
    const reader = {
      ...builtInRoles.clinician,
      statements: statement === undefined ? [] : [{ ...statement, clear }],
    }
    const policy = definePolicy({ ...builtInPolicy, roles: { ...builtInPolicy.roles, clinician: reader } })
    const role = { name: 'clinician', assignmentId: 'a', startsAt: new Date(0), endsAt: null }
    const relationship = { id: nilId(), startsAt: new Date(0), endsAt: null }
    const decision = decide({
      actor: { kind: 'user', id: nilId(), roles: [role], patientId: null },
      permission: 'vault:record:list',
      resource: { kind: 'patient', patientId: ann, types: ['MedicationRequest'] },
      context: { now: test.now, factorAt: null, relationship },
      policy,
    })
    if (decision.effect !== 'allow') throw new Error('a reader may list')
    const { items } = await clinician.records.list({ patientId: ann, type: 'MedicationRequest', limit: 100 })
    const own = items.filter(({ values }) => values.id === 'after')
    const { names, shown } = await referencedNames(test.app, decision.scope, ann, own)
    expect([...names.values()]).toEqual([{ 'Medication/later': 'A medication that your roles don’t show' }])
    expect(shown.size).toBe(0)
  })

  it('that its source restricts is not named', async () => {
    const secret = medication('secret', 'Methadone', { meta: { security: [{ code: '42CFRPart2' }] } })
    await store({ 's.ndjson': ndjson(secret, ordered('restricted', { reference: 'Medication/secret' })) })
    expect(await titles()).toMatchObject({ restricted: 'A medication that its source restricts' })
  })

  it('that only an untrusted file has named says so', async () => {
    await store({ 'u.ndjson': ndjson(ordered('claimed', { reference: 'Medication/claimed' })) })
    await store({ 'v.ndjson': ndjson(medication('claimed', 'Claimed')) }, { trusted: false })
    expect(await titles()).toMatchObject({
      claimed: 'Claimed (from a source that is not marked trusted)',
      coded: 'Aspirin',
    })
  })

  it('is not shown where its row has been exchanged with another’s', async () => {
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql.begin(async (sql) => {
      await sql.unsafe('set local session_replication_role = replica')
      const rows = await sql<{ id: string; source_token: Buffer }[]>`
        select id, source_token from directory_entries where type = 'Medication' order by id`
      const [one, two] = rows
      await sql`update directory_entries set source_token = ${Buffer.alloc(16, 7)} where id = ${one?.id ?? ''}`
      await sql`update directory_entries set source_token = ${one?.source_token ?? null} where id = ${two?.id ?? ''}`
      await sql`update directory_entries set source_token = ${two?.source_token ?? null} where id = ${one?.id ?? ''}`
    })
    const shown = Object.values(await titles())
    expect(shown.filter((title) => title?.includes('can’t be read'))).toHaveLength(2)
  })
})

describe('a chart whose source’s servers somebody has changed', () => {
  it('is read, and what it refers to is not told', async () => {
    const owner = test.database.open('chartward_owner', 1)
    const [row] = await owner.sql<{ id: string; seal: Buffer }[]>`select id, seal from source_bases`
    const put = (seal: Buffer | undefined) =>
      owner.sql`update source_bases set seal = ${seal ?? null} where id = ${row?.id ?? ''}`
    await put(Buffer.alloc(row?.seal.length ?? 0))
    expect(await titles()).toMatchObject({
      after: 'A medication that can’t be read: it is not what was stored',
      coded: 'Aspirin',
    })
    await put(row?.seal)
  })
})

describe('whom and what a record names', () => {
  it('has its name in the patient’s overview too', async () => {
    const { names } = await clinician.patients.get({ id: ann })
    expect(names).toEqual([{ reference: 'Practitioner/doc', words: 'Doctor' }])
  })

  it('has the name of a practitioner, an organization, a place, and never an id', async () => {
    const { items } = await clinician.records.list({ patientId: ann, type: 'Encounter', limit: 10 })
    expect(items[0]?.names).toEqual(
      expect.arrayContaining([
        { reference: 'Practitioner/doc', words: 'Doctor' },
        { reference: 'Organization/clinic', words: 'The Clinic' },
        { reference: 'Location/never', words: 'A place that was not sent' },
      ]),
    )
  })
})

const CASES = new URL('../../../../../../shared/cases/fhir/', import.meta.url)

describe('the cases of what is shown', () => {
  // In place, where the folder exists beside the repository: nothing is copied from it.
  it.runIf(existsSync(CASES))(
    'say what is negated, out of trends and counts, and what is in force',
    async () => {
      const read = (name: string) => readFile(new URL(name, CASES), 'utf8')
      const [{ practitioner_id: id } = { practitioner_id: '' }] = await test.app.db.sql<
        { practitioner_id: string }[]
      >`select practitioner_id from care_relationships`
      const doctor = {
        resourceType: 'Practitioner',
        id: '3842c3c2-1dc0-4ecc-b2e8-969b5dabb835',
        name: [{ family: 'Case' }],
      }
      await store({
        'p.ndjson': ndjson(doctor),
        'z1.json': await read('z1-modifiers.json'),
        'w1.ndjson': await read('w1-names-and-addresses.ndjson'),
      })
      const [entry] = await test.app.db.sql<{ practitioner_id: string; patients: PatientId[] }[]>`
      select practitioner_id, array_agg(patient_id) as patients from care_relationships
      where practitioner_id <> ${id} group by 1`
      const user = await signInAs(test.app, 'clinician', { practitionerId: entry?.practitioner_id ?? '' })
      const caller = callerFor(user.context)
      const heads = await Promise.all((entry?.patients ?? []).map((id) => caller.patients.get({ id })))
      const named = (family: string) =>
        heads.find(({ values }) => JSON.stringify(values.name).includes(family))
      expect(displayName(named('Nowname')?.values.name)).toBe('Ann Nowname')
      const z1 = idOf(named('Modifieria')?.id)
      const said = async (type: ResourceType) => {
        const { items, summary } = await caller.records.list({ patientId: z1, type, limit: 100 })
        const words = items.map(({ title, meaning }) => [
          title,
          meaning.words.join(', '),
          meaning.struck,
          meaning.counts,
        ])
        return { words, summary, items }
      }
      expect((await said('MedicationRequest')).words).toEqual([
        ['Warfarin 5 mg tablet', 'Do not give', false, false],
      ])
      expect((await said('ServiceRequest')).words).toEqual([
        ['Cardiopulmonary resuscitation', 'Do not do', false, false],
      ])
      expect((await said('Immunization')).words).toEqual([['MMR', 'Not done', true, false]])
      expect((await said('Procedure')).words).toEqual([['Appendectomy', 'Not done', true, false]])
      expect((await said('AllergyIntolerance')).words).toEqual([['Peanut (refuted)', 'Refuted', true, false]])
      expect(
        (await said('Condition')).words.map(([, words, struck, counts]) => [words, struck, counts]),
      ).toEqual(
        expect.arrayContaining([
          ['Entered in error', true, false],
          ['Refuted', true, false],
          ['Changed by something that this system does not understand', false, false],
        ]),
      )
      expect(named('Modifieria')?.current).toMatchObject({
        Condition: 0,
        MedicationRequest: 0,
        AllergyIntolerance: 0,
      })
      const { summary, items } = await said('Observation')
      expect(summary?.kinds).toContainEqual({
        kind: 'http://loinc.org|29463-7',
        title: 'Body weight',
        count: 3,
        leftOut: 1,
      })
      expect(JSON.stringify(items.map(({ values }) => values.valueQuantity))).toContain('0.004')
    },
  )
})

describe('a record that its source has deleted', () => {
  it('says so in list and drawer, and so does a patient’s header', async () => {
    const gone = (url: string) => ({ request: { method: 'DELETE', url } })
    const entry = [gone('MedicationRequest/coded'), gone('Patient/ann')]
    await store({ 'h.json': ndjson({ resourceType: 'Bundle', type: 'history', entry }) })
    const said = { standing: 'retracted', words: ['Deleted at the source'], counts: false, struck: true }
    const { items, summary } = await clinician.records.list({
      patientId: ann,
      type: 'MedicationRequest',
      limit: 100,
    })
    const one = items.find(({ values }) => values.id === 'coded')
    expect(one?.meaning).toMatchObject(said)
    expect(summary?.states).toContainEqual({ standing: 'retracted', state: 'active', count: 1 })
    expect((await clinician.records.get({ patientId: ann, id: one?.id ?? nilId() })).meaning).toMatchObject(
      said,
    )
    expect((await clinician.patients.get({ id: ann })).meaning).toMatchObject(said)
    const { items: mine } = await clinician.patients.mine({})
    expect(mine[0]?.meaning).toMatchObject(said)
    const found = await clinician.patients.search({ by: 'name', text: 'Named' })
    expect(found.items[0]?.meaning).toMatchObject(said)
  })
})
