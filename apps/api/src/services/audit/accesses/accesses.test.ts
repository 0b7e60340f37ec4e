import { MOST_PRINTED } from '@chartward/contract'
import { generatePopulation } from '@chartward/fhir'
import { builtInPolicy, definePolicy, type PatientId, type Statement, type UserId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId, nilId } from '../../../core/ids.ts'
import { appRouter } from '../../../router.ts'
import { actionsOf, appendEntries, sequenceAll, sequencerOf } from '../../../sequencer/testing/log-kit.ts'
import { startSession } from '../../../sessions/sessions.ts'
import { refusalOf } from '../../../testing/entries.ts'
import { insertVouched, withoutEntry } from '../../../testing/rows.ts'
import { browserOf, type SignInOptions, signInAs } from '../../../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../../../testing/test-app.ts'
import { createCallerFactory } from '../../../trpc/trpc.ts'
import { importFhir } from '../../import/import-fhir.ts'

const callerFor = createCallerFactory(appRouter)

let test: TestApp
let patientId: PatientId

const as = async (role: string, options: SignInOptions = {}) => {
  const { userId, context } = await signInAs(test.app, role, options)
  return { userId, call: callerFor(context), requestId: context.requestId }
}

const giveCare = async (userId: UserId): Promise<string> => {
  const id = newId()
  await insertVouched(test.app, 'care-relationship', [
    {
      patientId,
      id,
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(test.now.getTime() - 1000),
    },
  ])
  return id
}

beforeAll(async () => {
  test = await createTestApp()
  async function* lines(): AsyncGenerator<Uint8Array> {
    const asOf = new Date('2026-11-01T00:00:00Z')
    for (const bundle of generatePopulation({ seed: 'seen', patients: 3, asOf }))
      yield Buffer.from(`${JSON.stringify(bundle)}\n`)
  }
  await importFhir(test.app, lines(), { trusted: true, author: 'service:import' })
  const [first] = await test.app.db.sql<{ id: PatientId }[]>`
    select patient_id as id from care_relationships order by 1 limit 1`
  patientId = first?.id ?? nilId()
})
afterAll(() => test.stop())

/** The session of before has run out. */
const signInAgain = async (userId: UserId) => {
  const { token } = await withoutEntry(test.app, (tx) =>
    startSession(tx, test.app, {
      userId,
      stage: 'full',
      factorAt: test.now,
      origin: { ip: '127.0.0.1', userAgent: 'test' },
    }),
  )
  return callerFor(browserOf(test.app, token, '127.0.0.1'))
}

/** Somebody’s accesses of the patient, newest first, without those of the others. */
const accessesBy = async (userId: UserId) => {
  const { call } = await as('privacy-officer')
  return (await call.audit.accesses({ patientId, actorId: userId })).items
}

describe('an access after more than is usual', () => {
  it('says where its person had said why within the hour before, and the reason is read by an entry of its own', async () => {
    const clinician = await as('clinician')
    await giveCare(clinician.userId)
    await clinician.call.patients.get({ id: patientId })
    const other = await as('clinician')
    await giveCare(other.userId)
    test.now = new Date(test.now.getTime() + 1000)
    await clinician.call.auth.explainAccess({ reason: 'an outbreak on the ward' })
    test.now = new Date(test.now.getTime() + 1000)
    await other.call.auth.explainAccess({ reason: 'the night shift of another' })
    await other.call.patients.get({ id: patientId })
    test.now = new Date(test.now.getTime() + 1000)
    await clinician.call.records.list({ patientId, type: 'Condition' })
    const [after, before] = await accessesBy(clinician.userId)
    expect(before?.explained).toBeNull()
    const said = after?.explained?.entryId ?? ''
    const officer = await as('privacy-officer')
    // Beside those of somebody who has said why later on, each has its own.
    const beside = (await officer.call.audit.accesses({ patientId })).items
    expect(beside.find(({ id }) => id === after?.id)?.explained?.entryId).toBe(said)
    expect((await officer.call.audit.get({ id: after?.id ?? '' })).explained?.entryId).toBe(said)
    const entry = await officer.call.audit.get({ id: said })
    expect(entry).toMatchObject({
      action: 'access.explained',
      actor: { id: clinician.userId },
      note: 'an outbreak on the ward',
      explained: null,
    })
    const { items } = await officer.call.audit.search({ actorId: officer.userId, resourceId: said })
    expect(items).toMatchObject([{ action: 'audit.viewed', outcome: 'success' }])
    test.now = new Date(test.now.getTime() + 3_601_000)
    const later = await signInAgain(clinician.userId)
    await later.patients.get({ id: patientId })
    expect((await accessesBy(clinician.userId))[0]?.explained).toBeNull()
  })
})

describe('an access', () => {
  it('says who, in which role, by which care relationship, and which fields of which records were shown', async () => {
    const clinician = await as('clinician', { displayName: 'Cara Clinician' })
    const relationship = await giveCare(clinician.userId)
    await clinician.call.patients.get({ id: patientId })
    await clinician.call.records.list({ patientId, type: 'Condition' })
    const [list, chart, ...more] = await accessesBy(clinician.userId)
    expect(more).toEqual([])
    expect(list).toMatchObject({ action: 'record.listed', resourceType: 'Condition', outcome: 'success' })
    expect(chart).toMatchObject({
      actor: { kind: 'user', id: clinician.userId, name: 'Cara Clinician' },
      action: 'patient.viewed',
      outcome: 'success',
      roles: [{ role: 'clinician', title: 'Clinician', version: expect.stringMatching(/^\d+$/) }],
      ground: 'care',
      relationship: { id: relationship, kind: 'care-team' },
      resourceType: 'Patient',
      resourceId: patientId,
      requestId: clinician.requestId,
      patients: 1,
      note: null,
      noteWithheld: false,
      intact: true,
    })
    expect(chart?.fields).toContain('Patient.name')
    expect(chart?.masked).toContain('Patient.ssn')
    expect(chart?.classes).toContain('clinical')
  })

  it('by a role that reaches all patients is told from one by a care relationship', async () => {
    const clerk = await as('billing')
    await clerk.call.patients.get({ id: patientId })
    const [seen] = await accessesBy(clerk.userId)
    expect(seen).toMatchObject({ ground: 'all-patients', relationship: null })
  })

  it('that was refused is a refusal by nothing that would have let them in, and shows no field', async () => {
    const nurse = await as('nurse')
    expect(await refusalOf(nurse.call.patients.get({ id: patientId }))).toBe('NO_CARE_RELATIONSHIP')
    const [refused] = await accessesBy(nurse.userId)
    expect(refused).toMatchObject({
      outcome: 'refused',
      ground: 'none',
      relationship: null,
      fields: [],
      reason: 'No care relationship with this patient is in force.',
    })
  })

  it('by whoever is the patient, and by a program, are told to be theirs', async () => {
    const patient = await as('patient', { patientId })
    await patient.call.patients.get({ id: patientId })
    expect(await accessesBy(patient.userId)).toMatchObject([{ ground: 'self' }])
    const facts = { patients: [patientId] }
    const actor = { kind: 'system', name: 'export-build' } as const
    await appendEntries(test, 1, { action: 'export.patients-read', actor, facts })
    const { call } = await as('privacy-officer')
    const { items } = await call.audit.accesses({ patientId, action: 'export.patients-read' })
    expect(items).toMatchObject([{ actor: { kind: 'system', name: 'export-build' }, ground: 'program' }])
  })

  it('in a list says among how many patients, and names none of the others', async () => {
    const reader = await as('clinician')
    const [other]: PatientId[] = [newId()]
    const facts = { patients: [patientId, other ?? ''].toSorted() }
    const actor = { kind: 'user', id: reader.userId } as const
    await appendEntries(test, 1, { action: 'patient.listed', actor, facts })
    const seen = await accessesBy(reader.userId)
    expect(seen).toMatchObject([{ action: 'patient.listed', patients: 2, patientId: null }])
    expect(JSON.stringify(seen)).not.toContain(other)
  })

  it('has the reason that was typed, for whoever may open entries', async () => {
    const reader = await as('clinician')
    const actor = { kind: 'user', id: reader.userId } as const
    const note = 'called by the ward'
    await appendEntries(test, 1, { action: 'patient.viewed', actor, patientId, note })
    expect(await accessesBy(reader.userId)).toMatchObject([{ note, noteWithheld: false }])
  })

  it('has a reason that is told to be there, and not opened, for whoever may list accesses and open no entry', async () => {
    const { userId, signedIn } = await signInAs(test.app, 'nurse')
    const actor = { kind: 'user', id: userId } as const
    await appendEntries(test, 1, { action: 'patient.viewed', actor, patientId, note: 'called by the ward' })
    const { nurse } = builtInPolicy.roles
    if (nurse === undefined) throw new Error('there is no nurse')
    const lists: Statement = {
      id: 'nurse/accesses',
      effect: 'allow',
      permissions: ['audit:access:list'],
      rows: 'all',
    }
    const policy = definePolicy({
      version: 'test/1',
      roles: { nurse: { ...nurse, statements: [...nurse.statements, lists] } },
    })
    const app = { ...test.app, policies: { inForce: async () => policy } }
    const { audit } = callerFor(requestBy(app, signedIn))
    const { items } = await audit.accesses({ patientId, actorId: userId })
    expect(items).toMatchObject([{ note: null, noteWithheld: true }])
    expect(JSON.stringify(items)).not.toContain('called by the ward')
  })

  it('before which somebody was asked for a code is no refusal; what only wrote to the patient is no access', async () => {
    const reader = await as('clinician')
    const actor = { kind: 'user', id: reader.userId } as const
    await appendEntries(test, 1, { action: 'record.viewed', actor, patientId, outcome: 'asked' })
    const records = { digest: '0'.repeat(64), count: 1 }
    await appendEntries(test, 1, { action: 'record.imported', actor, patientId, records })
    const { call } = await as('privacy-officer')
    const { items, people } = await call.audit.accesses({ patientId, actorId: reader.userId })
    expect(items).toMatchObject([{ action: 'record.viewed', outcome: 'asked' }])
    const person = people?.find(({ id }) => id === reader.userId)
    expect(person).toMatchObject({ shown: 0, refused: 0, asked: 1, failed: 0 })
  })
})

describe('who saw a patient', () => {
  it('pages through everything, newest first, each once; the people stand with the first page', async () => {
    const { call } = await as('privacy-officer')
    const reader = await as('nurse')
    const actor = { kind: 'user', id: reader.userId } as const
    const alone = await appendEntries(test, 5, { action: 'record.viewed', actor, patientId })
    const listed = await appendEntries(test, 4, {
      action: 'patient.listed',
      actor,
      facts: { patients: [patientId] },
    })
    const ids: string[] = []
    const people: unknown[] = []
    let cursor: string | null | undefined
    while (cursor !== null) {
      const wanted = { patientId, actorId: reader.userId, limit: 2 }
      const page = await call.audit.accesses({ ...wanted, ...(cursor === undefined ? {} : { cursor }) })
      ids.push(...page.items.map(({ id }) => id))
      people.push(page.people === null ? null : 'people')
      cursor = page.nextCursor
    }
    expect(ids).toEqual([...alone, ...listed].sort().reverse())
    expect(people).toEqual(['people', null, null, null, null])
  })

  it('is narrowed by time and action; the people are those of the time, whoever is asked for', async () => {
    const { call } = await as('privacy-officer')
    const [one, two] = [await as('nurse'), await as('clinician')]
    const draft = { patientId, at: '2026-07-01T10:00:00.000000Z' }
    await appendEntries(test, 2, {
      ...draft,
      action: 'patient.viewed',
      actor: { kind: 'user', id: one.userId },
    })
    await appendEntries(test, 1, {
      ...draft,
      action: 'record.viewed',
      outcome: 'refused',
      actor: { kind: 'user', id: two.userId },
    })
    const until = { patientId, to: '2020-01-01T00:00:00Z' }
    expect(await call.audit.accesses(until)).toMatchObject({ items: [], people: [] })
    const all = { patientId, from: new Date(test.now.getTime() - 86_400_000).toISOString() }
    const { people } = await call.audit.accesses({ ...all, actorId: one.userId })
    const then = people?.map(({ id }) => id) ?? []
    expect(then.length).toBeGreaterThan(0)
    expect(then).not.toContain(one.userId)
    expect(then).not.toContain(two.userId)
    const { items } = await call.audit.accesses({ patientId, actorId: two.userId, action: 'patient.viewed' })
    expect(items).toEqual([])
    const whole = (await call.audit.accesses({ patientId, actorId: one.userId })).people
    expect(whole?.find(({ id }) => id === two.userId)).toMatchObject({ shown: 0, refused: 1 })
    expect(whole?.find(({ id }) => id === one.userId)).toMatchObject({ shown: 2, refused: 0 })
  })

  it('says how far the log had come', async () => {
    const sequencer = sequencerOf(test)
    await sequenceAll(sequencer)
    const { call } = await as('privacy-officer')
    const { size } = await call.audit.head({})
    expect((await call.audit.accesses({ patientId })).treeSize).toBe(size)
  })

  it('is printed with who asked, when and as of which size, and says that it is all', async () => {
    const { call, userId } = await as('privacy-officer', { displayName: 'Olga Officer' })
    const listed = await call.audit.accesses({ patientId, limit: 200 })
    const printed = await call.audit.printAccesses({ patientId })
    expect(printed).toMatchObject({
      cut: false,
      askedBy: { id: userId, displayName: 'Olga Officer' },
      askedAt: test.now.toISOString(),
      treeSize: listed.treeSize,
      people: listed.people,
    })
    expect(printed.items).toEqual(listed.items)
  })
})

describe('a print', () => {
  it('of more than it holds has the newest, and says of a print that it is cut', async () => {
    const { call } = await as('privacy-officer')
    const [other] = await test.app.db.sql<{ id: PatientId }[]>`
      select distinct patient_id as id from care_relationships where patient_id <> ${patientId}`
    const id = other?.id ?? nilId<PatientId>()
    const ids = await appendEntries(test, MOST_PRINTED + 1, { action: 'record.viewed', patientId: id })
    const { items, cut, people } = await call.audit.printAccesses({ patientId: id })
    expect(cut).toBe(true)
    expect(items.map((item) => item.id)).toEqual([...ids].sort().reverse().slice(0, MOST_PRINTED))
    expect(people).toMatchObject([{ name: 'test', shown: MOST_PRINTED + 1 }])
  })
})

describe('each look at who saw a patient', () => {
  it('is an entry of its own, with the patient and how many accesses were shown', async () => {
    const { call, userId } = await as('privacy-officer')
    const { items } = await call.audit.accesses({ patientId, limit: 3 })
    await call.audit.printAccesses({ patientId })
    expect(items).toHaveLength(3)
    expect(await actionsOf(test, userId)).toEqual([
      ['audit.accesses-viewed', 'success'],
      ['audit.accesses-printed', 'success'],
    ])
    const logged = (await call.audit.search({ actorId: userId, patientId })).items
    expect(logged.map(({ action, count }) => [action, count === null ? 0 : Math.min(count, 3)])).toEqual([
      ['audit.accesses-printed', 3],
      ['audit.accesses-viewed', 3],
    ])
  })

  it('is refused whoever may not, the same whether there is such a patient or not', async () => {
    for (const role of ['administrator', 'security-officer', 'auditor', 'clinician', 'nurse', 'patient']) {
      const { call, userId } = await as(role, role === 'patient' ? { patientId } : {})
      for (const id of [patientId, newId<PatientId>()]) {
        expect(await refusalOf(call.audit.accesses({ patientId: id }))).toBe('FORBIDDEN')
        expect(await refusalOf(call.audit.printAccesses({ patientId: id }))).toBe('FORBIDDEN')
      }
      expect((await actionsOf(test, userId)).map(([, outcome]) => outcome)).toEqual(Array(4).fill('refused'))
    }
  })

  it('finds no patient where there is none, though somebody has asked for one by that id', async () => {
    const { call } = await as('privacy-officer')
    const nobody: PatientId = newId()
    await appendEntries(test, 1, { action: 'patient.viewed', patientId: nobody, outcome: 'refused' })
    expect(await refusalOf(call.audit.accesses({ patientId: nobody }))).toBe('NOT_FOUND')
    expect(await refusalOf(call.audit.printAccesses({ patientId: nobody }))).toBe('NOT_FOUND')
  })

  it('is refused without a session, and for what is no patient, time, action or number', async () => {
    const nobody = callerFor(requestBy(test.app, null))
    expect(await refusalOf(nobody.audit.accesses({ patientId }))).toBe('UNAUTHENTICATED')
    const { call } = await as('privacy-officer')
    const wrong: object[] = [
      { patientId: 'somebody' },
      { patientId, from: 'yesterday' },
      { patientId, action: 'user.viewed' },
      { patientId, limit: 0 },
      { patientId, name: 'Smith' },
    ]
    for (const input of wrong)
      expect(await refusalOf(call.audit.accesses(input as { patientId: string }))).toBe('INVALID_INPUT')
  })
})

describe('the privacy officer’s page of a patient', () => {
  it('shows name, MRN and birth date, and nothing else of them', async () => {
    const { call } = await as('privacy-officer')
    const patient = await call.patients.get({ id: patientId })
    expect(Object.keys(patient.values).toSorted()).toEqual(['birthDate', 'mrn', 'name'])
    expect(patient.shown.toSorted()).toEqual(['Patient.birthDate', 'Patient.mrn', 'Patient.name'])
    expect(Object.keys(patient.counts)).toEqual(['Patient'])
    expect(await refusalOf(call.records.list({ patientId, type: 'Condition' }))).toBe('FORBIDDEN')
    expect(await refusalOf(call.patients.get({ id: newId() }))).toBe('NOT_FOUND')
  })
})
