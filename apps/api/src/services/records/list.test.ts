import { builtInPolicy, decide, type PatientId, type ResourceType } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nilId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { readChart } from '../../vault/chart/read-chart.ts'
import { openCharts } from '../../vault/chart/testing/charts.ts'
import { importFhir } from '../import/import-fhir.ts'
import { patientsRouter } from '../patients/router.ts'
import { recordsRouter } from './router.ts'

const callerFor = createCallerFactory(router({ patients: patientsRouter, records: recordsRouter }))
type Caller = ReturnType<typeof callerFor>
type Place = Awaited<ReturnType<Caller['records']['list']>>['nextCursor']

const PRACTITIONER = '11111111-2222-4333-8444-555555555555'

let test: TestApp
let clinician: Caller
let billing: Caller
let ann: PatientId
let bea: PatientId

const resource = (patient: string, type: string, id: string, more: object): object => ({
  resourceType: type,
  id,
  [type === 'AllergyIntolerance' || type === 'Claim' || type === 'Immunization' ? 'patient' : 'subject']: {
    reference: `Patient/${patient}`,
  },
  ...more,
})

const weight = (patient: string, id: string, more: object): object =>
  resource(patient, 'Observation', id, {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Body weight' },
    valueQuantity: { value: 70, unit: 'kg' },
    ...more,
  })

const person = (id: string): object[] => [
  { resourceType: 'Patient', id, name: [{ family: `Chart${id}` }], birthDate: '1970-05-05' },
  resource(id, 'Encounter', `${id}-e`, {
    status: 'finished',
    class: { code: 'AMB' },
    participant: [{ individual: { reference: `Practitioner/${PRACTITIONER}` } }],
    period: { start: '2026-10-01T09:00:00Z', end: '2026-10-01T10:00:00Z' },
  }),
]

const store = async (resources: readonly object[]): Promise<void> => {
  const problems: string[] = []
  async function* lines() {
    const entry = resources.map((one) => ({ resource: one }))
    yield Buffer.from(`${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })}\n`)
  }
  await importFhir(test.app, lines(), {
    trusted: true,
    author: 'service:import',
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

const listed = (type: ResourceType, patientId = ann, caller = clinician) =>
  caller.records.list({ patientId, type, limit: 200 })

/** The records of a type through all pages, by what a test knows them by. */
const paged = async (type: ResourceType, limit: number, patientId = ann): Promise<string[]> => {
  const ids: string[] = []
  let cursor: Place | undefined
  while (cursor !== null) {
    const page = await clinician.records.list({
      patientId,
      type,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    ids.push(...page.items.map(({ values }) => String(values.id)))
    cursor = page.nextCursor
  }
  return ids
}

beforeAll(async () => {
  test = await createTestApp()
  await store([
    { resourceType: 'Practitioner', id: PRACTITIONER, name: [{ family: 'Doctor' }] },
    ...person('ann'),
    ...person('bea'),
    weight('ann', 'o1', { effectiveDateTime: '2020-05-05T10:00:00Z' }),
    weight('ann', 'o2', { effectiveDateTime: '2026-01' }),
    weight('ann', 'o3', { effectivePeriod: { start: '2026-01-02', end: '2026-01-03' } }),
    weight('ann', 'o4', {}),
    weight('ann', 'o5', { issued: '2024-05-05T10:00:00Z' }),
    weight('ann', 'o6', { status: 'entered-in-error', effectiveDateTime: '2025-01-01' }),
    ...Array.from({ length: 7 }, (_, i) => weight('ann', `t${i}`, { effectiveDateTime: '2019-01-01' })),
    weight('ann', 'n1', {}),
    resource('ann', 'Procedure', 'p1', {
      status: 'completed',
      code: { text: 'First' },
      performedDateTime: '2020',
    }),
    resource('ann', 'Procedure', 'p2', {
      status: 'not-done',
      code: { text: 'Second' },
      performedPeriod: { start: '2021-02-03' },
    }),
    resource('ann', 'Condition', 'c1', {
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Asthma' },
    }),
    resource('ann', 'Condition', 'c2', {
      clinicalStatus: { coding: [{ code: 'resolved' }] },
      code: { text: 'Influenza' },
    }),
    resource('ann', 'Condition', 'c3', {
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'refuted' }] },
      code: { text: 'Pregnancy' },
    }),
    resource('ann', 'CarePlan', 'cp1', {
      status: 'active',
      intent: 'plan',
      title: 'Words of a plan',
      category: [{ text: 'Diet' }],
    }),
    weight('bea', 'b1', { effectiveDateTime: '2026-01-01' }),
    weight('bea', 'b2', { effectiveDateTime: '2026-01-02' }),
  ])
  const [practitioner] = await test.app.db.sql<{ practitioner_id: string; patients: PatientId[] }[]>`
    select practitioner_id, array_agg(patient_id order by patient_id) as patients from care_relationships group by 1`
  const caller = await signInAs(test.app, 'clinician', {
    practitionerId: practitioner?.practitioner_id ?? '',
  })
  clinician = callerFor(caller.context)
  billing = callerFor((await signInAs(test.app, 'billing')).context)
  const ids = practitioner?.patients ?? []
  const names = await Promise.all(
    ids.map(async (id) => JSON.stringify((await clinician.patients.get({ id })).values.name)),
  )
  ann = ids[names.findIndex((name) => name.includes('Chartann'))] ?? nilId()
  bea = ids[names.findIndex((name) => name.includes('Chartbea'))] ?? nilId()
})
afterAll(() => test.stop())

describe('a list of records', () => {
  const NEWEST_FIRST = ['o3', 'o2', 'o6', 'o5', 'o1']
  const SAME_MOMENT = ['t6', 't5', 't4', 't3', 't2', 't1', 't0']

  it('comes newest first by the record’s own date, whichever field it stands in, and without one last', async () => {
    const { items, order, summary } = await listed('Observation')
    expect(order).toBe('newest-first')
    const ids = items.map(({ values }) => values.id)
    expect(ids).toEqual([...NEWEST_FIRST, ...SAME_MOMENT, 'n1', 'o4'])
    expect(summary).toMatchObject({ total: 14, undated: 2 })
    expect((await listed('Procedure')).items.map(({ title }) => title)).toEqual(['Second', 'First'])
  })

  it.each([1, 2, 3, 5, 13, 14])(
    'has each record once through pages of %i, also among equal dates',
    async (limit) => {
      expect(await paged('Observation', limit)).toEqual([...NEWEST_FIRST, ...SAME_MOMENT, 'n1', 'o4'])
    },
  )

  it('counts by state, keeps apart what is negated or taken back, and shows one state alone', async () => {
    const { summary } = await listed('Condition')
    expect(summary?.states).toEqual(
      expect.arrayContaining([
        { standing: 'said', state: 'active', count: 1 },
        { standing: 'said', state: 'resolved', count: 1 },
        { standing: 'negated', state: 'active', count: 1 },
      ]),
    )
    const active = await clinician.records.list({
      patientId: ann,
      type: 'Condition',
      standing: 'said',
      state: 'active',
    })
    expect(active.items.map(({ title }) => title)).toEqual(['Asthma'])
    const { counts, current } = await clinician.patients.get({ id: ann })
    expect([counts.Condition, current.Condition]).toEqual([3, 1])
    expect([counts.Observation, current.Observation]).toEqual([14, 13])
  })

  it('says what makes a trend, without what was taken back and what has no date', async () => {
    const { summary } = await listed('Observation')
    expect(summary?.kinds).toEqual([
      { kind: 'http://loinc.org|29463-7', title: 'Body weight', count: 11, leftOut: 3 },
    ])
  })

  it('names in the log what the counts have shown', async () => {
    // The first of them has a period; the index has the date of the other.
    await clinician.records.list({ patientId: ann, type: 'Procedure', limit: 1 })
    const entry = (await auditEntries(test.app, 'record.listed')).at(-1)
    expect(entry?.fields).toEqual(
      expect.arrayContaining(['Procedure.performedPeriod', 'Procedure.performedDateTime']),
    )
  })

  it('shows nothing of the index to whom its classes are refused', async () => {
    expect(await refusalOf(listed('Observation', ann, billing))).toBe('FORBIDDEN')
    const { counts, current } = await billing.patients.get({ id: ann })
    expect([Object.keys(counts), Object.keys(current)]).toEqual([['Patient'], ['Patient']])
  })

  it('tells by its order no more of a date than its mask: its year', async () => {
    const clerk = { name: 'billing', assignmentId: 'a', startsAt: new Date(0), endsAt: null }
    const decision = decide({
      actor: { kind: 'user', id: nilId(), roles: [clerk], patientId: null },
      permission: 'vault:record:list',
      resource: { kind: 'patient', patientId: ann, types: ['Patient'] },
      context: { now: test.now, factorAt: null, relationship: null },
      policy: builtInPolicy,
    })
    if (decision.effect !== 'allow') throw new Error('a clerk may list')
    const index = (await readChart(test.app, decision.scope, ann, ['Patient'])).get('Patient')
    expect(index?.lines).toMatchObject([{ date: Date.UTC(1970, 0), title: null }])
  })

  it('is told by a correction where a record stands from now on', async () => {
    await store([...person('bea'), weight('bea', 'b1', { effectiveDateTime: '2026-02-01' })])
    expect(await paged('Observation', 1, bea)).toEqual(['b1', 'b2'])
    await store([...person('bea'), weight('bea', 'b1', { effectiveDateTime: '2025-12-01' })])
    expect(await paged('Observation', 1, bea)).toEqual(['b2', 'b1'])
  })
})

describe('the index of a chart', () => {
  it('is what the records say: made anew from each of them it is the same', async () => {
    const { compared, different } = await openCharts(test.app, [ann, bea])
    expect(compared).toBeGreaterThan(25)
    expect(different).toEqual([])
  })

  it('holds in the part of a class what fields of this class say, and nothing of another', async () => {
    const { parts } = await openCharts(test.app, [ann])
    const plan = (fieldClass: string) => parts.get(`${ann} CarePlan ${fieldClass}`) ?? ''
    expect(plan('narrative')).toContain('Words of a plan')
    expect(plan('clinical')).not.toContain('Words of a plan')
    expect(plan('clinical')).toContain('Diet')
    expect(plan('narrative')).not.toContain('Diet')
  })

  it('stays of few segments, however often a record is written, and nothing is lost by it', async () => {
    for (let i = 0; i < 70; i += 1)
      await store([
        ...person('bea'),
        weight('bea', `w${i}`, { effectiveDateTime: `20${10 + (i % 9)}-03-01` }),
      ])
    const [head] = await test.database.open('chartward_owner', 1).sql<{ number: number; base: number }[]>`
      select number, base from chart_segments where patient_id = ${bea} and resource_type = 'Observation'
      order by number desc limit 1`
    expect(head?.base).toBe(65)
    const { items, order } = await listed('Observation', bea)
    expect([items.length, order]).toEqual([72, 'newest-first'])
    expect((await openCharts(test.app, [bea])).different).toEqual([])
  })
})

const OF_ANN = (type = 'Observation') =>
  `chart_segments where patient_id = '${ann}' and resource_type = '${type}' and field_class = 'clinical'`

describe('an index that somebody has changed behind the application’s back', () => {
  const saved = async () => tamper('create table if not exists saved as select * from chart_segments')
  const putBack = () => tamper('delete from chart_segments', 'insert into chart_segments select * from saved')

  it.each<readonly [string, () => readonly string[]]>([
    [
      'its last segment deleted',
      () => [`delete from ${OF_ANN()} and number = (select max(number) from ${OF_ANN()})`],
    ],
    ['a segment in its middle deleted', () => [`delete from ${OF_ANN()} and number = 2`]],
    ['its first segment deleted', () => [`delete from ${OF_ANN()} and number = 1`]],
    ['all of it deleted', () => [`delete from ${OF_ANN()}`]],
    [
      'another patient’s in its place',
      () => [
        `delete from ${OF_ANN()}`,
        `insert into chart_segments select '${ann}', resource_type, field_class, number, base, content, integrity_key_id, mac
          from chart_segments where patient_id = '${bea}' and resource_type = 'Observation' and field_class = 'clinical'`,
      ],
    ],
    [
      'another type’s in its place',
      () => [
        `delete from ${OF_ANN()}`,
        `insert into chart_segments select patient_id, 'Observation', field_class, number, base, content, integrity_key_id, mac
          from ${OF_ANN('Condition')}`,
      ],
    ],
    [
      'a byte changed',
      () => [
        `update chart_segments set content = set_byte(content, 80, get_byte(content, 80) # 1)
          where (patient_id, resource_type, field_class) = ('${ann}', 'Observation', 'clinical') and number = 2`,
      ],
    ],
    [
      'the last segment said to be all',
      () => [
        `update chart_segments set base = 2
          where (patient_id, resource_type, field_class) = ('${ann}', 'Observation', 'clinical') and number = 2`,
      ],
    ],
    [
      'the MAC of the first in the place of the second',
      () => [
        `update chart_segments s set mac = f.mac from (select mac from ${OF_ANN()} and number = 1) f
          where (patient_id, resource_type, field_class) = ('${ann}', 'Observation', 'clinical') and number = 2`,
      ],
    ],
    ['put back to before the last correction', () => [`delete from ${OF_ANN()} and number >= 2`]],
    [
      'a segment deleted, and another record’s row with it, so that the numbers fit again',
      () => [
        `delete from ${OF_ANN()} and number = (select max(number) from ${OF_ANN()})`,
        `delete from records where (patient_id, resource_type) = ('${ann}', 'Observation') and id =
          (select min(id::text)::uuid from records where (patient_id, resource_type, version) = ('${ann}', 'Observation', 1))`,
      ],
    ],
  ])('is shown as untrusted with %s, and the list is not short', async (_, statements) => {
    await store([...person('ann'), weight('ann', 'o1', { effectiveDateTime: '2021-05-05' })])
    await store([...person('ann'), weight('ann', 'late', { effectiveDateTime: '2026-11-01' })])
    await saved()
    const there = await test.database.open('chartward_owner', 1).sql`select * from records`
    try {
      await tamper(...statements())
      const { items, order, summary } = await listed('Observation')
      expect([order, summary]).toEqual(['untrusted', null])
      expect(items.length).toBeGreaterThanOrEqual(14)
      expect((await paged('Observation', 4)).length).toBe(items.length)
      const { counts, current, untrustedTypes } = await clinician.patients.get({ id: ann })
      expect(untrustedTypes).toEqual(['Observation'])
      expect([counts.Observation, current.Observation]).toEqual([items.length, undefined])
      expect((await listed('Condition')).order).toBe('active-first')
    } finally {
      await putBack()
      const owner = test.database.open('chartward_owner', 1)
      for (const row of there) await owner.sql`insert into records ${owner.sql(row)} on conflict do nothing`
    }
    expect((await listed('Observation')).order).toBe('newest-first')
  })

  it('that comes to be untrusted between two pages begins the list anew, and leaves nothing out', async () => {
    const first = await clinician.records.list({ patientId: ann, type: 'Observation', limit: 3 })
    await saved()
    try {
      await tamper(`delete from ${OF_ANN()}`)
      const page = { patientId: ann, type: 'Observation', limit: 200 } as const
      const next = await clinician.records.list({ ...page, cursor: first.nextCursor ?? '' })
      expect(next.items.length).toBe((await clinician.records.list(page)).items.length)
    } finally {
      await putBack()
    }
  })

  it('stays untrusted after further writes: what is missing is not forgotten', async () => {
    await saved()
    try {
      await tamper(`delete from ${OF_ANN()} and number = (select max(number) from ${OF_ANN()})`)
      await store([...person('ann'), weight('ann', 'later', { effectiveDateTime: '2026-11-02' })])
      expect((await listed('Observation')).order).toBe('untrusted')
    } finally {
      await tamper('delete from chart_segments')
    }
    expect((await listed('Condition')).order).toBe('untrusted')
  })
})
