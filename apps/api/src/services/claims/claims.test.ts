import { MOST_CLAIMS_OPENED, MOST_CLAIMS_SHOWN } from '@chartward/contract'
import { builtInRoles } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { importTexts, ndjson, patient } from '../import/testing/inputs.ts'
import { recordsRouter } from '../records/router.ts'
import { claimsRouter } from './router.ts'

const callerFor = createCallerFactory(router({ claims: claimsRouter, records: recordsRouter }))
type Caller = ReturnType<typeof callerFor>
type Input = Parameters<Caller['claims']['search']>[0]

const mrn = (value: string) => ({
  identifier: [
    { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value },
  ],
})
const dollars = (value: number) => ({ value, currency: 'USD' })

const claim = (id: string, of: string, more: object = {}) => ({
  resourceType: 'Claim',
  id,
  status: 'active',
  use: 'claim',
  patient: { reference: `Patient/${of}` },
  created: '2026-03-05',
  billablePeriod: { start: '2026-03-02', end: '2026-03-02' },
  insurer: { display: 'Harborline Health' },
  identifier: [{ value: `NUM-${id}` }],
  total: dollars(100),
  ...more,
})
const explained = (id: string, of: string, about: string, more: object = {}) => ({
  resourceType: 'ExplanationOfBenefit',
  id,
  status: 'active',
  use: 'claim',
  outcome: 'complete',
  patient: { reference: `Patient/${of}` },
  created: '2026-03-20',
  insurer: { display: 'Harborline Health' },
  identifier: [{ value: `EOB-${id}` }],
  claim: { reference: `Claim/${about}` },
  payment: { amount: dollars(80) },
  ...more,
})

const RESOURCES = [
  { resourceType: 'Organization', id: 'payer', name: 'Granite State Care' },
  { resourceType: 'Organization', id: 'clinic', name: 'Granite State Clinic' },
  patient('ann', 'Ardell', mrn('M-100')),
  patient('bob', 'Barlow', mrn('M-200')),
  {
    resourceType: 'Coverage',
    id: 'cover',
    status: 'active',
    beneficiary: { reference: 'Patient/ann' },
    payor: [{ display: 'Harborline Health' }],
  },
  { resourceType: 'Condition', id: 'ill', subject: { reference: 'Patient/ann' }, code: { text: 'Asthma' } },
  claim('one', 'ann', {
    insurance: [{ sequence: 1, focal: true, coverage: { reference: 'Coverage/cover' } }],
    diagnosis: [
      { sequence: 1, diagnosisReference: { reference: 'Condition/ill' } },
      { sequence: 2, diagnosisReference: { reference: 'Condition/never' } },
    ],
    related: [{ claim: { reference: 'Claim/never', display: 'The first one' } }],
  }),
  explained('paid', 'ann', 'one'),
  claim('two', 'ann', { total: dollars(250), billablePeriod: { start: '2026-01-30', end: '2026-02-02' } }),
  claim('three', 'bob', {
    insurer: { reference: 'Organization/payer' },
    status: 'cancelled',
    billablePeriod: { start: '2026-02-11' },
  }),
  claim('four', 'bob', { insurer: { reference: 'Organization/clinic' }, status: 'entered-in-error' }),
]

let test: TestApp
let clerk: Caller
beforeAll(async () => {
  test = await createTestApp()
  await importTexts(test.app, { 'house.ndjson': ndjson(...RESOURCES) })
  clerk = callerFor((await signInAs(test.app, builtInRoles.billing.name)).context)
})
afterAll(() => test.stop())

/** The numbers of what is found, in their order. */
const numbersOf = async (input: Input, caller = clerk): Promise<unknown[]> =>
  (await caller.claims.search(input)).items.map(
    ({ claim: { values } }) => (values.identifier as { value: string }[])[0]?.value,
  )

const searched = async () => {
  const entry = (await auditEntries(test.app, 'claim.searched')).at(-1)
  if (entry === undefined) throw new Error('there is no such entry')
  return entry
}

describe('a claim is found', () => {
  it.each<[string, Input, string[]]>([
    ['by its number', { number: 'NUM-two' }, ['NUM-two']],
    ['by its number however it is written', { number: ' num two ' }, ['NUM-two']],
    ['by no part of its number', { number: 'NUM' }, []],
    ['by the number that the payer gave its answer', { number: 'eobpaid' }, ['EOB-paid']],
    ['by the month of service, newest first', { month: '2026-03' }, ['EOB-paid', 'NUM-four', 'NUM-one']],
    ['by each month that it goes through', { month: '2026-01' }, ['NUM-two']],
    ['by its payer, whatever the case', { payer: 'HARBORLINE  health' }, ['EOB-paid', 'NUM-one', 'NUM-two']],
    ['by no beginning of the payer’s name', { payer: 'Harborline' }, []],
    ['by the name of the payer in the directory', { payer: 'granite state care' }, ['NUM-three']],
    ['by the MRN of the patient', { mrn: 'm200' }, ['NUM-four', 'NUM-three']],
    ['by all that is given together', { payer: 'Harborline Health', month: '2026-02' }, ['NUM-two']],
    ['by a number of that patient', { mrn: 'M-100', number: 'NUM-two' }, ['NUM-two']],
    ['by no number of another patient', { mrn: 'M-200', number: 'NUM-two' }, []],
    ['by no MRN of nobody', { mrn: 'M-999' }, []],
  ])('%s', async (_, input, numbers) => {
    expect(await numbersOf(input)).toEqual(numbers)
  })

  it.each<[string, Input, string[]]>([
    ['by the least amount', { mrn: 'M-100', atLeast: '100.01' }, ['NUM-two']],
    ['by the highest', { mrn: 'M-100', atMost: '100.00' }, ['NUM-one']],
    ['by its state', { mrn: 'M-200', status: 'cancelled' }, ['NUM-three']],
    ['by what the payer did', { mrn: 'M-100', outcome: 'complete' }, ['EOB-paid']],
    ['taken back', { mrn: 'M-200', status: 'entered-in-error' }, ['NUM-four']],
  ])('and filtered %s', async (_, input, numbers) => {
    expect(await numbersOf(input)).toEqual(numbers)
  })

  it('with whose it is as the role sees them, the payer, and what came of it', async () => {
    const { items } = await clerk.claims.search({ number: 'NUM-one' })
    expect(items).toMatchObject([
      {
        patient: { values: { name: { masked: true }, mrn: [{ value: 'M-100' }] } },
        claim: { type: 'Claim', payer: 'Harborline Health', values: { total: { value: 100 } } },
        answers: [
          {
            type: 'ExplanationOfBenefit',
            values: { outcome: 'complete', payment: { amount: { value: 80 } } },
          },
        ],
      },
    ])
    expect(Object.keys(items[0]?.claim.values ?? {})).not.toContain('insurance')
    const [three] = (await clerk.claims.search({ number: 'NUM-three' })).items
    expect(three?.claim.payer).toBe('Granite State Care')
  })

  it('and one that is taken back says so', async () => {
    const [four] = (await clerk.claims.search({ number: 'NUM-four' })).items
    expect(four?.claim.meaning).toMatchObject({ standing: 'retracted' })
  })
})

describe('the log', () => {
  it('names each patient who was shown and the fields, and nothing that was typed', async () => {
    const { items } = await clerk.claims.search({ month: '2026-03' })
    const entry = await searched()
    expect(entry.facts.patients).toEqual([...new Set(items.map(({ patient }) => patient.id))].toSorted())
    // Three rows, and the answer to one of them.
    expect(entry).toMatchObject({ outcome: 'success', count: 4, purpose: 'search by month' })
    expect(entry.fields).toEqual(
      expect.arrayContaining(['Claim.total', 'Patient.mrn', 'ExplanationOfBenefit.payment']),
    )
    expect(entry.masked).toEqual(
      ['Patient.birthDate', 'Patient.name'].filter((path) => entry.masked.includes(path)),
    )
    expect(JSON.stringify(entry)).not.toContain('2026-03"')
  })

  it('names the one patient of a claim, and nobody where none was found', async () => {
    const { items } = await clerk.claims.search({ number: 'NUM-two' })
    expect((await searched()).patientId).toBe(items[0]?.patient.id)
    await clerk.claims.search({ number: 'NUM-none' })
    expect(await searched()).toMatchObject({ patientId: null, count: 0, fields: [], masked: [] })
  })
})

describe('a search is refused', () => {
  it.each(['clinician', 'nurse', 'privacy-officer', 'analyst', 'patient', 'administrator'])(
    'to a %s',
    async (role) => {
      const { context } = await signInAs(test.app, role)
      expect(await refusalOf(callerFor(context).claims.search({ number: 'NUM-one' }))).toBe('FORBIDDEN')
    },
  )

  it.each<[string, Input]>([
    ['nothing to find by', { atLeast: '5', status: 'active' }],
    ['nothing at all', {}],
    ['signs alone', { number: '--' }],
    ['a month that there is not', { month: '2026-13' }],
    ['an amount that is none', { number: 'NUM-one', atLeast: '1e3' }],
  ])('with %s', async (_, input) => {
    expect(await refusalOf(clerk.claims.search(input))).toBe('INVALID_INPUT')
  })

  it('where the highest amount is below the least by a digit', async () => {
    const search = clerk.claims.search({ number: 'NUM-one', atLeast: '10.11', atMost: '10.1' })
    expect(await refusalOf(search)).toBe('INVALID_INPUT')
  })
})

describe('a token that leads elsewhere', () => {
  it('shows no claim that is not what was asked for, of whomever it is', async () => {
    const { sql } = test.database.open('chartward_owner', 1)
    await sql`create table kept as select * from claim_tokens`
    const [moved] = await sql<{ record_id: string }[]>`
      insert into claim_tokens
      select r.patient_id, r.id, t.kind, t.key_version, t.token from claim_tokens t, records r
      where t.kind = 'answers' and r.resource_type = 'Claim' and not exists (
        select from claim_tokens o where o.record_id = r.id and o.token = t.token)
      returning record_id`
    expect(moved).toBeDefined()
    await sql`
      insert into claim_tokens
      select r.patient_id, r.id, t.kind, t.key_version, t.token from claim_tokens t, records r
      where t.kind in ('number', 'month', 'payer') and r.resource_type in ('Claim', 'Condition') on conflict do nothing`
    expect(await numbersOf({ number: 'NUM-two' })).toEqual(['NUM-two'])
    expect(await numbersOf({ payer: 'Harborline Health', month: '2026-02' })).toEqual(['NUM-two'])
    const { items } = await clerk.claims.search({ number: 'NUM-two' })
    expect(items[0]?.answers).toEqual([])
    // Those of the MRN are told apart by the patient's own record.
    await sql`
      insert into search_tokens
      select p.id, t.field, t.key_version, t.token from search_tokens t, patients p
      where t.field = 'Patient.mrn' on conflict do nothing`
    expect(await numbersOf({ mrn: 'M-200' })).toEqual(['NUM-four', 'NUM-three'])
    await sql`delete from claim_tokens`
    await sql`insert into claim_tokens select * from kept`
    await sql`drop table kept`
  })
})

describe('a payer of the directory', () => {
  it('is the one that the claim’s own source means by its id', async () => {
    const other = [
      { resourceType: 'Organization', id: 'payer', name: 'Somebody Else' },
      patient('eve', 'Elgin'),
      claim('elsewhere', 'eve', { insurer: { reference: 'Organization/payer' } }),
    ]
    await importTexts(test.app, { 'other.ndjson': ndjson(...other) }, { source: 'other' })
    expect(await numbersOf({ payer: 'Somebody Else' })).toEqual(['NUM-elsewhere'])
    expect(await numbersOf({ payer: 'Granite State Care' })).toEqual(['NUM-three'])
  })
})

describe('what a source sends later', () => {
  it('replaces what the version before was found by, and a deletion is found and says so', async () => {
    const of = patient('cyd', 'Calder', mrn('M-300'))
    await importTexts(test.app, { 'a.ndjson': ndjson(of, claim('late', 'cyd')) })
    expect(await numbersOf({ number: 'NUM-late' })).toEqual(['NUM-late'])
    const next = claim('late', 'cyd', {
      identifier: [{ value: 'NEW-1' }],
      billablePeriod: { start: '2025-07-01' },
    })
    await importTexts(test.app, { 'b.ndjson': ndjson(next) })
    expect(await numbersOf({ number: 'NUM-late' })).toEqual([])
    expect(await numbersOf({ month: '2025-07' })).toEqual(['NEW-1'])
    const gone = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request: { method: 'DELETE', url: 'Claim/late' } }],
    }
    await importTexts(test.app, { 'c.json': JSON.stringify(gone) })
    const [deleted] = (await clerk.claims.search({ number: 'NEW-1' })).items
    expect(deleted?.claim.meaning).toMatchObject({ standing: 'retracted' })
    const tokens = await test.database.open('chartward_owner', 1).sql`
      select kind from claim_tokens where patient_id = ${deleted?.patient.id ?? ''} order by kind`
    expect(tokens.map(({ kind }) => kind)).toEqual(['month', 'number', 'payer'])
  })

  it('that was refused leaves what was there to be found', async () => {
    const untrusted = claim('late', 'cyd', { identifier: [{ value: 'FORGED' }] })
    await importTexts(test.app, { 'd.ndjson': ndjson(untrusted) }, { trusted: false })
    expect(await numbersOf({ number: 'FORGED' })).toEqual([])
    expect(await numbersOf({ number: 'NEW-1' })).toEqual(['NEW-1'])
  })
})

describe('more claims than are opened', () => {
  it('are counted, and those opened are the ones that came last', async () => {
    const more = MOST_CLAIMS_OPENED + 3
    const claims = Array.from({ length: more }, (_, i) =>
      claim(`many${i}`, 'dee', { insurer: { display: 'Medicare' }, total: dollars(i + 1) }),
    )
    await importTexts(test.app, { 'many.ndjson': ndjson(patient('dee', 'Dorsey'), ...claims) })
    const { items, ...counts } = await clerk.claims.search({ payer: 'Medicare' })
    expect(counts).toEqual({
      matching: MOST_CLAIMS_OPENED,
      candidates: more,
      opened: MOST_CLAIMS_OPENED,
      payersCut: false,
    })
    expect(items).toHaveLength(MOST_CLAIMS_SHOWN)
    const few = await clerk.claims.search({ payer: 'Medicare', atLeast: String(more) })
    expect(few).toMatchObject({ matching: 1, candidates: more, opened: MOST_CLAIMS_OPENED })
    const first = await clerk.claims.search({ payer: 'Medicare', atMost: '1' })
    expect(first).toMatchObject({ items: [], matching: 0, candidates: more })
  }, 60_000)

  it('are searched for once at a time by one person, and at once by two', async () => {
    const other = callerFor((await signInAs(test.app, builtInRoles.billing.name)).context)
    const told = (search: Promise<unknown>) =>
      search.then(
        () => 'found',
        () => refusalOf(search),
      )
    const own = [clerk, clerk].map((caller) => told(caller.claims.search({ payer: 'Medicare' })))
    const others = told(other.claims.search({ payer: 'Medicare' }))
    expect((await Promise.all(own)).toSorted()).toEqual(['TOO_MANY_REQUESTS', 'found'])
    expect(await others).toBe('found')
    expect(await numbersOf({ number: 'NUM-one' })).toEqual(['NUM-one'])
  })
})

describe('more answers than are opened', () => {
  it('are said to be more, in the list and at the claim', async () => {
    const answers = Array.from({ length: 501 }, (_, i) =>
      explained(`again${i}`, 'fay', 'often', { created: '2024-01-01' }),
    )
    await importTexts(test.app, {
      'often.ndjson': ndjson(patient('fay', 'Farrow'), claim('often', 'fay'), ...answers),
    })
    const [found] = (await clerk.claims.search({ number: 'NUM-often' })).items
    expect(found).toMatchObject({ answersCut: true })
    expect(found?.answers).toHaveLength(500)
    const place = { patientId: found?.patient.id ?? '', id: found?.claim.id ?? '' }
    expect((await clerk.claims.links(place)).items.at(-1)).toMatchObject({ kind: 'answer', state: 'unclear' })
  }, 60_000)
})

describe('what a claim refers to', () => {
  const linksOf = async (number: string, caller = clerk) => {
    const [found] = (await clerk.claims.search({ mrn: 'M-100', status: 'active' })).items.filter(
      ({ claim: { values } }) => JSON.stringify(values.identifier).includes(number),
    )
    const place = { patientId: found?.patient.id ?? '', id: found?.claim.id ?? '' }
    return { place, items: (await caller.claims.links(place)).items }
  }

  it('can be opened, is not the reader’s, or was not imported, and an answer to it is found', async () => {
    const { items, place } = await linksOf('NUM-one')
    expect(items).toEqual([
      { kind: 'coverage', state: 'here', record: { id: expect.any(String), type: 'Coverage' }, words: null },
      // A clerk sees no diagnoses, and so not whether one is there.
      { kind: 'diagnosis', state: 'not-yours', record: null, words: null },
      { kind: 'diagnosis', state: 'not-yours', record: null, words: null },
      { kind: 'claim', state: 'not-imported', record: null, words: 'The first one' },
      {
        kind: 'answer',
        state: 'here',
        record: { id: expect.any(String), type: 'ExplanationOfBenefit' },
        words: null,
      },
    ])
    for (const { record } of items.filter(({ state }) => state === 'here')) {
      const opened = await clerk.records.get({ patientId: place.patientId, id: record?.id ?? '' })
      expect(opened.type).toBe(record?.type)
    }
  })

  it('of an answer is its claim', async () => {
    const { items } = await linksOf('EOB-paid')
    expect(items).toMatchObject([{ kind: 'claim', state: 'here', record: { type: 'Claim' } }])
  })

  it('is an entry that names the patient and the references, and counts no record', async () => {
    const { place } = await linksOf('NUM-one')
    const entry = (await auditEntries(test.app, 'record.viewed')).at(-1)
    expect(entry).toMatchObject({
      patientId: place.patientId,
      resource: { type: 'Claim', id: place.id },
      count: 0,
      fields: ['Claim.diagnosis', 'Claim.insurance', 'Claim.related'],
    })
  })

  it('is refused to who may not see the claim, and there is nothing for another record', async () => {
    const { place } = await linksOf('NUM-one')
    const ward = callerFor((await signInAs(test.app, 'nurse')).context)
    expect(await refusalOf(ward.claims.links(place))).toBe('NO_CARE_RELATIONSHIP')
    const own = callerFor(
      (await signInAs(test.app, 'patient', { patientId: place.patientId as never })).context,
    )
    expect((await own.claims.links(place)).items.filter(({ state }) => state === 'not-yours')).toEqual([])
    expect(await refusalOf(clerk.claims.links({ ...place, id: place.patientId }))).toBe('NOT_FOUND')
  })
})
