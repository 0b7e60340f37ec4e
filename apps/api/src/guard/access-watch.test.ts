import { withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { newId } from '../core/ids.ts'
import { appRouter } from '../router.ts'
import { sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { callerOf, fullySignedIn, newPerson } from '../services/auth/testing/person.ts'
import { auditEntries, refusalOf } from '../testing/entries.ts'
import { insertVouched } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from '../trpc/trpc.ts'
import { AccessWatch } from './access-watch.ts'

const LIMITS = { patientsPerHour: 3, recordsPerHour: 40 }

let t: TestApp
let app: App
const running: TestApp[] = []

const withWatch = (): App => ({ ...t.app, access: new AccessWatch(t.app.db, t.app.clock, LIMITS) })

beforeEach(async () => {
  t = await createTestApp()
  running.push(t)
  app = withWatch()
})
afterAll(async () => {
  for (const one of running) await one.stop()
})

/** Entries have ids of the real time: where a test goes forward, it begins so much earlier. */
const begin = (minutesAgo: number): void => {
  t.now = new Date(t.now.getTime() - minutesAgo * 60_000)
}

/**
 * Patients in the care of a person; there is no chart behind them, so opening one says that it is not
 * found.
 */
const patientsOf = async (userId: UserId, count: number): Promise<PatientId[]> => {
  const ids = Array.from({ length: count }, (): PatientId => newId())
  await withTransaction(t.app.db, ids, async ({ sql }) => {
    for (const id of ids) await sql`insert into patients (id) values (${id})`
  })
  const startsAt = new Date(t.now.getTime() - 1000)
  const given = {
    userId,
    kind: 'care-team',
    trusted: true,
    underGiver: false,
    narrowed: false,
    startsAt,
  } as const
  await insertVouched(
    t.app,
    'care-relationship',
    ids.map((patientId) => ({ ...given, patientId, id: newId() })),
  )
  return ids
}

/** Lists a patient's records, which is answered whether or not there are any. */
const open = async (
  on: App,
  by: Awaited<ReturnType<typeof signInAs>>,
  patientId: PatientId,
): Promise<string> => {
  const caller = createCallerFactory(appRouter)(requestBy(on, by.signedIn))
  const call = caller.records.list({ patientId, type: 'Patient' })
  return call.then(
    () => 'done',
    () => refusalOf(call),
  )
}

const openAll = async (
  on: App,
  by: Awaited<ReturnType<typeof signInAs>>,
  patients: readonly PatientId[],
): Promise<string[]> => {
  const outcomes: string[] = []
  for (const patientId of patients) outcomes.push(await open(on, by, patientId))
  return outcomes
}

describe('patients opened within an hour', () => {
  it('are as many as is usual; for one more a reason is asked, and the first time is told once', async () => {
    const nurse = await signInAs(app, 'nurse')
    const patients = await patientsOf(nurse.userId, 5)
    expect(await openAll(app, nurse, patients)).toEqual([
      'done',
      'done',
      'done',
      'REASON_REQUIRED',
      'REASON_REQUIRED',
    ])
    // What has been opened stays open.
    expect(await open(app, nurse, patients[0] ?? newId())).toBe('done')
    const told = await auditEntries(app, 'access.exceeded')
    expect(told).toMatchObject([{ actor: { id: nurse.userId }, outcome: 'success', patientId: null }])
    const refused = (await auditEntries(app, 'record.listed')).filter(({ outcome }) => outcome === 'refused')
    expect(refused).toMatchObject([{ reason: 'REASON_REQUIRED' }, { reason: 'REASON_REQUIRED' }])
  })

  it('are counted together with what another process has shown', async () => {
    const nurse = await signInAs(app, 'nurse')
    const [first = newId(), ...others] = await patientsOf(nurse.userId, 4)
    expect(await openAll(app, nurse, others)).toEqual(['done', 'done', 'done'])
    expect(await open(withWatch(), nurse, first)).toBe('REASON_REQUIRED')
  })

  it('of a burst at the same moment are counted before any is shown', async () => {
    const nurse = await signInAs(app, 'nurse')
    const patients = await patientsOf(nurse.userId, 16)
    const outcomes = await Promise.all(patients.map((id) => open(app, nurse, id)))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3)
  })

  it('stay counted while the log is read again, by this process and by others', async () => {
    begin(20)
    const nurse = await signInAs(app, 'nurse')
    const [first = newId(), second = newId(), ...more] = await patientsOf(nurse.userId, 4)
    expect(await open(app, nurse, first)).toBe('done')
    expect(await open(withWatch(), nurse, second)).toBe('done')
    for (let minute = 0; minute < 5; minute++) {
      t.now = new Date(t.now.getTime() + 2 * 60_000)
      expect(await open(app, nurse, first)).toBe('done')
    }
    expect(await openAll(app, nurse, more)).toEqual(['done', 'REASON_REQUIRED'])
  })

  it('count for nobody else', async () => {
    const [nurse, other] = [await signInAs(app, 'nurse'), await signInAs(app, 'nurse')]
    await openAll(app, nurse, await patientsOf(nurse.userId, 4))
    expect(await openAll(app, other, await patientsOf(other.userId, 3))).toEqual(['done', 'done', 'done'])
  })

  it('are as many again when an hour is over', async () => {
    const nurse = await signInAs(app, 'nurse')
    const patients = await patientsOf(nurse.userId, 4)
    await openAll(app, nurse, patients)
    t.now = new Date(t.now.getTime() + 61 * 60_000)
    expect(await open(app, nurse, patients[3] ?? newId())).toBe('done')
  })
})

describe('records shown within an hour', () => {
  it('are counted too, those that a list shows among them', async () => {
    const nurse = await signInAs(app, 'nurse')
    const [patientId = newId()] = await patientsOf(nurse.userId, 1)
    expect(await open(app, nurse, patientId)).toBe('done')
    app.access.showed(nurse.userId, 'record.listed', 40)
    expect(await open(app, nurse, patientId)).toBe('REASON_REQUIRED')
  })

  it('are counted from the entries of other processes', async () => {
    const nurse = await signInAs(app, 'nurse')
    const [patientId = newId()] = await patientsOf(nurse.userId, 1)
    await app.audit.commit({
      action: 'patient.listed',
      outcome: 'success',
      actor: { kind: 'user', id: nurse.userId },
      resource: { type: 'Patient', id: null },
      count: 41,
    })
    expect(await open(app, nurse, patientId)).toBe('REASON_REQUIRED')
  })
})

it('records shown in another minute, read from the log once, are added up with those since', async () => {
  begin(90)
  const nurse = await signInAs(app, 'nurse')
  const [patientId = newId()] = await patientsOf(nurse.userId, 1)
  const listed = () =>
    app.audit.commit({
      action: 'patient.listed',
      outcome: 'success',
      actor: { kind: 'user', id: nurse.userId },
      resource: { type: 'Patient', id: null },
      count: 15,
    })
  for (const outcome of ['done', 'done', 'REASON_REQUIRED']) {
    await listed()
    t.now = new Date(t.now.getTime() + 2 * 60_000)
    expect(await open(app, nurse, patientId)).toBe(outcome)
  }
  // What was shown more than an hour ago counts no longer.
  t.now = new Date(t.now.getTime() + 56 * 60_000)
  expect(await open(app, nurse, patientId)).toBe('done')
})

describe('whoever says why', () => {
  const exceeded = async () => {
    const person = await newPerson(app, 'clinician')
    const browser = await fullySignedIn(app, person)
    const signedIn = await browser.context.signedIn()
    if (signedIn === null) throw new Error('nobody is signed in')
    const by = { signedIn, userId: person.id } as Awaited<ReturnType<typeof signInAs>>
    const patients = await patientsOf(person.id, 8)
    expect((await openAll(app, by, patients.slice(0, 4))).at(-1)).toBe('REASON_REQUIRED')
    t.now = new Date(t.now.getTime() + 30_000)
    return { person, by, patients, auth: callerOf(browser.context).auth }
  }

  it('goes on with a code, until as many have been opened again', async () => {
    const { person, by, patients, auth } = await exceeded()
    await auth.explainAccess({ reason: 'a disaster drill', code: person.code() })
    t.now = new Date(t.now.getTime() + 1000)
    expect(await openAll(app, by, patients.slice(3))).toEqual([
      'done',
      'done',
      'done',
      'REASON_REQUIRED',
      'REASON_REQUIRED',
    ])
    const [entry] = await auditEntries(app, 'access.explained')
    expect(entry).toMatchObject({ facts: { factor: true }, noteHash: expect.any(String) })
    expect(await auditEntries(app, 'auth.step-up')).toHaveLength(1)
  })

  it('goes on without a code for patients in their own care, and for lists does not', async () => {
    const { by, patients, auth } = await exceeded()
    await app.audit.commit({
      action: 'patient.listed',
      outcome: 'success',
      actor: { kind: 'user', id: by.userId },
      resource: { type: 'Patient', id: null },
      count: 41,
    })
    t.now = new Date(t.now.getTime() + 1000)
    await auth.explainAccess({ reason: 'my phone is in the other coat' })
    t.now = new Date(t.now.getTime() + 1000)
    expect(await open(app, by, patients[4] ?? newId())).toBe('done')
    const caller = createCallerFactory(appRouter)(requestBy(app, by.signedIn))
    expect(await refusalOf(caller.patients.mine({}))).toBe('REASON_REQUIRED')
  })

  it('with a wrong code has not said it', async () => {
    const { by, patients, auth } = await exceeded()
    expect(await refusalOf(auth.explainAccess({ reason: 'a disaster drill', code: '000000' }))).toBe(
      'WRONG_CODE',
    )
    expect(await open(app, by, patients[4] ?? newId())).toBe('REASON_REQUIRED')
    expect(await auditEntries(app, 'access.explained')).toEqual([])
  })

  it('is shown to the privacy officer, and so is whoever has not', async () => {
    const { auth, person } = await exceeded()
    const nurse = await signInAs(app, 'nurse', { displayName: 'Nina Nurse' })
    await openAll(app, nurse, await patientsOf(nurse.userId, 4))
    await auth.explainAccess({ reason: 'a disaster drill', code: person.code() })
    await sequenceAll(sequencerOf(t))
    const officer = await signInAs(app, 'privacy-officer')
    const { exceeded24h } = await createCallerFactory(appRouter)(
      requestBy(app, officer.signedIn),
    ).home.oversight({ since: new Date(t.now.getTime() - 86_400_000).toISOString() })
    expect(exceeded24h.map(({ explained }) => explained).toSorted()).toEqual([0, 1])
    expect(exceeded24h.map(({ name }) => name)).toContain('Nina Nurse')
  })
})
