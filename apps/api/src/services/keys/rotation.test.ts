import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { SYSTEM_KEY_PURPOSES } from '../../keys/system-keys.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries } from '../../testing/entries.ts'
import { insertVouched, logRows } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { checkAll } from '../audit/testing/tampered-house.ts'
import { newPerson } from '../auth/testing/person.ts'
import { claimsRouter } from '../claims/router.ts'
import { practitionerByNpi } from '../directory/directory.ts'
import { importFhir } from '../import/import-fhir.ts'
import { patientsRouter } from '../patients/router.ts'
import { recordsRouter } from '../records/router.ts'
import type { Target } from './targets.ts'
import { runOf, startOne } from './testing/rotations.ts'

let t: TestApp
let sequencer: SequencerContext
beforeAll(async () => {
  t = await createTestApp({ keysLogged: true, keys: { settleMs: 0 } })
  await installQueue(t.database.url('chartward_owner'))
  sequencer = sequencerOf(t)
  await load(t.app, RESOURCES)
})
afterAll(() => t.stop())

const NPI = '1234567893'
const condition = (text: string) => ({
  resourceType: 'Condition',
  id: 'c',
  subject: { reference: 'Patient/p' },
  code: { text },
})
const RESOURCES: readonly object[] = [
  {
    resourceType: 'Practitioner',
    id: 'doc',
    name: [{ family: 'Haldane', given: ['Ann'] }],
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: NPI }],
  },
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Okafor', given: ['Ada'] }] },
  { resourceType: 'Patient', id: 'q', name: [{ family: 'Okafor', given: ['Eze'] }] },
  {
    resourceType: 'Encounter',
    id: 'e',
    status: 'finished',
    subject: { reference: 'Patient/p' },
    participant: [{ individual: { reference: 'Practitioner/doc' } }],
    period: { start: '2026-01-02', end: '2026-01-02' },
  },
  {
    resourceType: 'Claim',
    id: 'k',
    status: 'active',
    patient: { reference: 'Patient/p' },
    created: '2026-03-05',
    identifier: [{ value: 'NUM-1' }],
  },
  condition('first'),
]

const load = async (app: App, resources: readonly object[]) => {
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (const resource of resources) yield Buffer.from(`${JSON.stringify(resource)}\n`)
  }
  return importFhir(app, lines(), { trusted: true, author: 'service:import' })
}

const rotate = async (target: Target) => runOf(t.app, await startOne(t.app, target))

const states = async (table: 'keks' | 'patient_keys' | 'system_keys', where = 'true') => {
  const { sql } = t.database.open('chartward_owner', 1)
  const rows = await sql.unsafe<{ state: string }[]>(`select state from ${table} where ${where} order by id`)
  return rows.map(({ state }) => state)
}

const callerFor = createCallerFactory(
  router({ patients: patientsRouter, records: recordsRouter, claims: claimsRouter }),
)

const patientIds = async (): Promise<PatientId[]> => {
  const { sql } = t.database.open('chartward_owner', 1)
  const rows = await sql<
    { id: PatientId }[]
  >`select patient_id as id from records where resource_type = 'Condition'`
  return rows.map(({ id }) => id)
}

const conditionsSeenBy = async (app: App) => {
  const [patientId] = await patientIds()
  if (patientId === undefined) throw new Error('no patient')
  const { context, userId } = await signInAs(app, 'clinician')
  await insertVouched(app, 'care-relationship', [
    {
      patientId,
      id: crypto.randomUUID(),
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
    },
  ])
  const { items } = await callerFor(context).records.list({ patientId, type: 'Condition' })
  return items.map(({ values, untrusted }) => ({ code: values.code, untrusted }))
}

const FIRST = [{ code: { text: 'first' }, untrusted: false }]

/** What somebody who checks the whole database with the keys at hand finds. */
const problems = async () => {
  await t.app.audit.drain()
  await sequenceAll(sequencer)
  const owner = t.database.open('chartward_owner', 1)
  const report = await owner.sql.begin((sql) => checkAll(t, sql, true))
  return report.problems
}

describe('a rotation', () => {
  it('of the KEK wraps every key anew, opens no record, and retires the one before', async () => {
    const before = await t.database.open('chartward_owner', 1)
      .sql`select identity, clinical from record_versions order by 1`
    const done = await rotate({ kind: 'kek' })
    expect(done).toMatchObject({ state: 'done', skipped: 0, blocked: null })
    expect(done?.done).toBe(SYSTEM_KEY_PURPOSES.length + 2)
    expect(await states('keks')).toEqual(['disabled', 'primary'])
    const { sql } = t.database.open('chartward_owner', 1)
    expect(
      await sql`select from patient_keys k where not exists (select from keks where id = k.kek_id and state = 'primary')`,
    ).toHaveLength(0)
    expect(await sql`select identity, clinical from record_versions order by 1`).toEqual(before)
    expect(await conditionsSeenBy(t.app)).toEqual(FIRST)
  })

  it('of patients seals every record anew, changes no digest and no MAC, and retires the keys before', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    const texts = () => sql`select record_id, version, digests, mac from record_versions order by 1, 2`
    const before = await texts()
    const [patientId] = await patientIds()
    const done = await rotate({ kind: 'patient', patientId: patientId ?? null })
    expect(done).toMatchObject({ state: 'done', skipped: 0, blocked: null, done: 1 })
    expect(await states('patient_keys', `patient_id = '${patientId}'`)).toEqual(['disabled', 'primary'])
    expect(await states('patient_keys', `patient_id <> '${patientId}'`)).toEqual(['primary'])
    expect(await texts()).toEqual(before)
    expect(await conditionsSeenBy(t.app)).toEqual(FIRST)
    await load(t.app, [condition('second')])
    expect(await conditionsSeenBy(t.app)).toEqual([{ code: { text: 'second' }, untrusted: false }])
    await load(t.app, [condition('first')])
  })

  it.each(SYSTEM_KEY_PURPOSES)('of %s leaves everything to be opened, checked and found', async (purpose) => {
    const other = await t.another()
    const { context } = await signInAs(t.app, 'privacy-officer')
    const search = () => callerFor(context).patients.search({ by: 'name', text: 'okaf' })
    expect((await search()).items).toHaveLength(2)
    const id = await startOne(t.app, { kind: 'system', purpose })
    // It looks every few seconds, and a key is pending for longer than that; then it looks no more.
    await other.keyring.refresh()
    expect(await runOf(t.app, id)).toMatchObject({ state: 'done', skipped: 0 })
    expect(await conditionsSeenBy(other)).toEqual(await conditionsSeenBy(t.app))
    expect((await search()).items).toHaveLength(2)
    expect(await practitionerByNpi(other, NPI)).toMatchObject({ name: expect.stringContaining('Haldane') })
    await other.close()
  })

  it('leaves a database in which whoever has all keys finds nothing amiss', async () => {
    await logRows(t.app)
    expect(await problems()).toEqual([])
  })
})

const bulk = { kind: 'patient', patientId: null } as const
const kek = { kind: 'kek' } as const

describe('of several rotations', () => {
  /** The keys of patients that came into force, and the batches of keys that were rewrapped, in order. */
  const told = async (since: string) => {
    const entries = await auditEntries(t.app)
    return entries
      .filter(({ id, action }) => id > since && ['key.patient-rotated', 'key.rewrapped'].includes(action))
      .map(({ action, patientId }) => patientId ?? action)
  }

  it('one of suspicion comes first, however long the others have waited', async () => {
    const [patientId] = await patientIds()
    const since = newId()
    await startOne(t.app, kek)
    const id = await startOne(t.app, { kind: 'patient', patientId: patientId ?? null }, 'suspicion')
    expect(await runOf(t.app, id)).toMatchObject({ state: 'done', done: 1 })
    expect(await told(since)).toEqual([patientId, 'key.rewrapped'])
  })

  it('none waits for longer than another’s turn', async () => {
    const due = await t.another({ keys: { settleMs: 0, patientDays: 0 } })
    t.now = new Date()
    const since = newId()
    const id = await startOne(due, kek)
    await startOne(due, bulk)
    expect(await runOf(due, id, 0)).toMatchObject({ state: 'done', skipped: 0 })
    const order = await told(since)
    expect(order).toHaveLength(3)
    expect(order[0]).not.toBe('key.rewrapped')
    await due.close()
    await t.app.keyring.refresh()
  })
})

describe('what does not open', () => {
  const asSuperuser = async (statement: string) => {
    const { sql } = t.database.open('chartward_owner', 1)
    await sql.unsafe(`set session_replication_role = replica; ${statement}`)
  }

  it('keeps its key, and no rotation from its end: hashes of a row that somebody put there', async () => {
    const { id: userId } = await newPerson(t.app)
    await asSuperuser(
      `update passwords set created_at = created_at - interval '1 day' where user_id = '${userId}'`,
    )
    const done = await rotate({ kind: 'system', purpose: 'credential-hashes' })
    expect(done).toMatchObject({ state: 'done', blocked: 'unreadable', skipped: 1 })
    expect(await states('system_keys', `purpose = 'credential-hashes'`)).toContain('decrypt-only')
  })

  it('keeps its key, and nothing else of the patient: a list of care that somebody changed', async () => {
    const [patientId] = await patientIds()
    await asSuperuser(
      `update care_lists set seal = set_byte(seal, 40, get_byte(seal, 40) # 1) where patient_id = '${patientId}'`,
    )
    const done = await rotate({ kind: 'patient', patientId: patientId ?? null })
    expect(done).toMatchObject({ state: 'done', blocked: 'unreadable', skipped: 1 })
    const { sql } = t.database.open('chartward_owner', 1)
    expect(
      await sql`select from record_versions v join patient_keys k on k.patient_id = v.patient_id
        where v.patient_id = ${patientId ?? ''} and k.state = 'primary' and envelope_key(v.clinical) <> k.id`,
    ).toHaveLength(0)
  })

  it('keeps its key likewise: a patient without a key in force', async () => {
    const [patientId] = await patientIds()
    await asSuperuser(
      `update patient_keys set state = 'decrypt-only' where patient_id = '${patientId}' and state = 'primary'`,
    )
    t.app.keyring.forgetPatientKeys(patientId as PatientId)
    const id = await startOne(t.app, bulk)
    expect(await runOf(t.app, id)).toMatchObject({ state: 'done', blocked: 'unreadable' })
  })

  it('keeps the KEK before: keys that were exchanged', async () => {
    await asSuperuser(`update patient_keys set wrapped = set_byte(wrapped, 9, get_byte(wrapped, 9) # 1)`)
    const done = await rotate(kek)
    expect(done).toMatchObject({ state: 'done', blocked: 'unreadable' })
  })
})
