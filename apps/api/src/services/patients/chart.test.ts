import { schema } from '@chartward/db'
import { generatePopulation } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId, nilId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { signInAs, type TestSignIn } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { careRouter } from '../care/router.ts'
import { importFhir } from '../import/import-fhir.ts'
import { recordsRouter } from '../records/router.ts'
import { patientsRouter } from './router.ts'

const callerFor = createCallerFactory(
  router({ patients: patientsRouter, records: recordsRouter, care: careRouter }),
)
type Caller = ReturnType<typeof callerFor>

interface Name {
  readonly family: string
  readonly given: readonly string[]
}

let test: TestApp
let patientId: PatientId
let clinician: { user: TestSignIn; caller: Caller }
let nurse: { user: TestSignIn; caller: Caller }
let name: Name
let mrn: string

const as = async (role: string, options: Parameters<typeof signInAs>[2] = {}) => {
  const user = await signInAs(test.app, role, options)
  return { user, caller: callerFor(user.context) }
}

beforeAll(async () => {
  test = await createTestApp()
  async function* lines(): AsyncGenerator<Uint8Array> {
    const asOf = new Date('2026-11-01T00:00:00Z')
    for (const bundle of generatePopulation({ seed: 'chart', patients: 20, asOf })) {
      yield Buffer.from(`${JSON.stringify(bundle)}\n`)
    }
  }
  await importFhir(test.app, lines(), { trusted: true, author: 'service:import' })
  const [most] = await test.app.db.sql<{ practitioner_id: string; patient_id: PatientId }[]>`
    select practitioner_id, min(patient_id::text)::uuid as patient_id from care_relationships
    group by 1 order by count(*) desc limit 1`
  clinician = await as('clinician', { practitionerId: most?.practitioner_id ?? '' })
  nurse = await as('nurse')
  patientId = most?.patient_id ?? nilId()
  await clinician.caller.care.add({ patientId, userId: nurse.user.userId, reason: 'on the ward' })
  const { values } = await clinician.caller.patients.get({ id: patientId })
  name = (values.name as Name[])[0] ?? { family: '', given: [] }
  mrn = (values.mrn as { value: string }[])[0]?.value ?? ''
})
afterAll(() => test.stop())

const typesOf = async (caller: Caller) => Object.keys((await caller.patients.get({ id: patientId })).counts)

describe('the same patient, opened by each', () => {
  it('a clinician in the care team sees clinical data and notes, identity numbers as masks, and no billing', async () => {
    const { values, counts } = await clinician.caller.patients.get({ id: patientId })
    expect(values).toHaveProperty('birthDate')
    expect(values.ssn).toMatchObject({ masked: true, mask: 'last-four' })
    expect(counts).toHaveProperty('Encounter')
    expect(counts).not.toHaveProperty('Claim')
    const { items } = await clinician.caller.records.list({ patientId, type: 'DocumentReference', limit: 5 })
    expect(items[0]?.values.content).toBeInstanceOf(Array)
    expect(
      (await clinician.caller.records.list({ patientId, type: 'Claim' }).catch(refused)).toString(),
    ).toBe('FORBIDDEN')
  })

  it('a nurse sees clinical data, notes as masks, and no billing', async () => {
    expect(await typesOf(nurse.caller)).toContain('Observation')
    expect(await typesOf(nurse.caller)).not.toContain('Claim')
    const { items } = await nurse.caller.records.list({ patientId, type: 'DocumentReference', limit: 5 })
    expect(items[0]?.values.content).toMatchObject({ masked: true, shown: null })
  })

  it('a billing clerk sees claims, insurance and the address, the name as initials, and no notes', async () => {
    const { caller } = await as('billing')
    const { values, counts } = await caller.patients.get({ id: patientId })
    const initials = `${name.given[0]?.[0]}. ${name.family[0]}.`
    expect(values.name).toMatchObject({ masked: true, mask: 'initials', shown: initials })
    expect(JSON.stringify(values)).not.toContain(name.family)
    expect(values.address).toBeInstanceOf(Array)
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['Claim', 'Coverage']))
    expect(Object.keys(counts)).not.toContain('DocumentReference')
    const { items } = await caller.records.list({ patientId, type: 'Claim' })
    expect(items[0]?.values).toHaveProperty('total')
  })

  it.each(['administrator', 'analyst'])('the %s no patient at all', async (role) => {
    const { caller } = await as(role)
    expect(await refusalOf(caller.patients.get({ id: patientId }))).toBe('FORBIDDEN')
    expect(await refusalOf(caller.patients.search({ by: 'mrn', text: mrn }))).toBe('FORBIDDEN')
    expect(await refusalOf(caller.records.list({ patientId, type: 'Condition' }))).toBe('FORBIDDEN')
  })

  it('a clinician without a care relationship is refused, and the refusal is in the log', async () => {
    const { caller, user } = await as('clinician')
    expect(await refusalOf(caller.patients.get({ id: patientId }))).toBe('NO_CARE_RELATIONSHIP')
    const entry = (await auditEntries(test.app, 'patient.viewed')).findLast(
      ({ outcome }) => outcome === 'refused',
    )
    expect(entry).toMatchObject({
      actor: { kind: 'user', id: user.userId },
      patientId,
      fields: [],
      reason: 'No care relationship with this patient is in force.',
    })
  })

  it('what was shown stands in the log: who, which patient, which fields, which statement', async () => {
    await nurse.caller.records.list({ patientId, type: 'DocumentReference', limit: 5 })
    const entry = (await auditEntries(test.app, 'record.listed')).at(-1)
    expect(entry).toMatchObject({
      actor: { id: nurse.user.userId },
      patientId,
      outcome: 'success',
      ip: nurse.user.context.ip,
    })
    expect(entry?.masked).toContain('DocumentReference.content')
    expect(entry?.fields).toContain('DocumentReference.type')
    expect(entry?.statement).toContain('nurse')
    expect(JSON.stringify(entry)).not.toContain(name.family)
  })

  it('opened by all at once, each sees what they see alone, and whoever may not see it nothing', async () => {
    const billing = (await as('billing')).caller
    const stranger = (await as('clinician')).caller
    const ask = (caller: Caller) => caller.records.get({ patientId, id: patientId }).catch(refused)
    const askers = [clinician.caller, nurse.caller, billing, stranger]
    const alone: unknown[] = []
    for (const caller of askers) alone.push(await ask(caller))
    expect(alone[0]).not.toEqual(alone[2])
    expect(alone[1]).toMatchObject({ id: patientId })
    expect(alone[3]).toBe('NO_CARE_RELATIONSHIP')
    const rounds = Array.from({ length: 8 }, () => askers).flat()
    const together = await Promise.all(rounds.map(ask))
    expect(together).toEqual(rounds.map((_, i) => alone[i % alone.length]))
  })

  it('a patient whose id is no id, or nobody’s, is an error that says so', async () => {
    expect(await refusalOf(clinician.caller.patients.get({ id: 'nonsense' }))).toBe('INVALID_INPUT')
    const { caller } = await as('billing')
    expect(await refusalOf(caller.patients.get({ id: newId() }))).toBe('NOT_FOUND')
  })
})

const refused = (error: { cause?: { code?: string } }) => error.cause?.code ?? 'unknown'

describe('searching', () => {
  it('finds by the whole MRN, however it is spaced, and by no part of it', async () => {
    const spaced = ` ${mrn.slice(0, 3)} ${mrn.slice(3)} `
    const found = await clinician.caller.patients.search({ by: 'mrn', text: spaced })
    expect(found.items.map(({ id }) => id)).toEqual([patientId])
    expect((await clinician.caller.patients.search({ by: 'mrn', text: mrn.slice(0, -1) })).items).toEqual([])
  })

  it('finds by name, by its beginning, whatever the case, and by several words', async () => {
    const texts = [name.family.toUpperCase(), name.family.slice(0, 3), `${name.given[0]} ${name.family}`]
    for (const text of texts) {
      const { items } = await clinician.caller.patients.search({ by: 'name', text })
      expect(items.map(({ id }) => id)).toContain(patientId)
    }
  })

  it('shows a clinician nobody outside their care', async () => {
    const { caller } = await as('clinician')
    expect((await caller.patients.search({ by: 'mrn', text: mrn })).items).toEqual([])
  })

  it('refuses to search by what the reader sees only as a mask', async () => {
    const { caller } = await as('billing')
    expect(await refusalOf(caller.patients.search({ by: 'name', text: name.family }))).toBe('FORBIDDEN')
    expect((await caller.patients.search({ by: 'mrn', text: mrn })).items).toHaveLength(1)
  })

  it('keeps nothing of what was typed', async () => {
    await clinician.caller.patients.search({ by: 'name', text: name.family })
    const entries = await auditEntries(test.app, 'patient.searched')
    expect(JSON.stringify(entries)).not.toContain(name.family)
    expect(entries.at(-1)?.purpose).toBe('search by name')
  })
})

describe('a care relationship', () => {
  it('can not be made for oneself', async () => {
    const add = clinician.caller.care.add({ patientId, userId: clinician.user.userId, reason: 'for myself' })
    expect(await refusalOf(add)).toBe('FORBIDDEN')
  })

  it('that is ended by hand ends access at the next request', async () => {
    const other = await as('nurse')
    const { id } = await clinician.caller.care.add({
      patientId,
      userId: other.user.userId,
      reason: 'for a day',
    })
    await other.caller.patients.get({ id: patientId })
    await clinician.caller.care.end({ patientId, id, reason: 'the day is over' })
    expect(await refusalOf(other.caller.patients.get({ id: patientId }))).toBe('NO_CARE_RELATIONSHIP')
    expect(await refusalOf(clinician.caller.care.end({ patientId, id, reason: 'once more' }))).toBe(
      'CONFLICT',
    )
  })

  it('is not in force after its end', async () => {
    const other = await as('nurse')
    const endsAt = new Date(test.now.getTime() + 60_000)
    await clinician.caller.care.add({ patientId, userId: other.user.userId, endsAt, reason: 'for a minute' })
    await other.caller.patients.get({ id: patientId })
    const now = test.now
    test.now = new Date(endsAt.getTime() + 1)
    expect(await refusalOf(other.caller.patients.get({ id: patientId }))).toBe('NO_CARE_RELATIONSHIP')
    test.now = now
  })

  it('shows who is in the team', async () => {
    const { items } = await clinician.caller.care.list({ patientId })
    const [name] = await test.app.db.orm.select().from(schema.users).limit(1)
    expect(name).toBeDefined()
    expect(items.find(({ who }) => who.userId === nurse.user.userId)?.kind).toBe('care-team')
    expect(items.some(({ who }) => who.practitionerId !== null && who.name !== '')).toBe(true)
  })
})

describe('a record that somebody has changed behind the application’s back', () => {
  const tamper = async (statement: string): Promise<void> => {
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql.begin(async (sql) => {
      await sql.unsafe('set local session_replication_role = replica')
      await sql.unsafe(statement)
    })
  }
  const view = async (id: string) => clinician.caller.records.get({ patientId, id })
  const someRecords = async () =>
    (await clinician.caller.records.list({ patientId, type: 'Observation', limit: 10 })).items

  it('is shown as untrusted, whichever part of it was changed', async () => {
    const [a, b, c, d] = await someRecords()
    if (a === undefined || b === undefined || c === undefined || d === undefined)
      throw new Error('too few records')
    expect(a.untrusted).toBe(false)
    await tamper(
      `update record_versions set clinical = set_byte(clinical, 60, get_byte(clinical, 60) # 1) where record_id = '${a.id}'`,
    )
    await tamper(
      `update record_versions set clinical = (select clinical from record_versions where record_id = '${c.id}') where record_id = '${b.id}'`,
    )
    await tamper(
      `update record_versions set authored_at = authored_at - interval '1 day' where record_id = '${c.id}'`,
    )
    await tamper(`update record_versions set clinical = null where record_id = '${d.id}'`)
    for (const { id } of [a, b, c, d]) expect((await view(id)).untrusted).toBe(true)
    expect((await view(a.id)).values).not.toHaveProperty('valueQuantity')
    expect((await view(b.id)).values).not.toHaveProperty('valueQuantity')
  })
})
