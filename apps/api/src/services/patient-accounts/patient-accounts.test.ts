import { schema, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { appRouter } from '../../router.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries, entriesOfRequest, refusalOf } from '../../testing/entries.ts'
import { insertVouched, withoutEntry } from '../../testing/rows.ts'
import { browserOf } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory } from '../../trpc/trpc.ts'
import { fullySignedIn, newBrowser, newPerson, PASSWORD, wait } from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'
import { newPatient, type Person, personOn } from '../break-glass/testing/ward.ts'
import { createDemoPatientAccount } from './create-demo-account.ts'

let t: TestApp
let officer: Person
let second: Person

beforeAll(async () => {
  t = await createTestApp()
  await installQueue(t.database.url('chartward_owner'))
  officer = await personOn(t, 'privacy-officer')
  second = await personOn(t, 'privacy-officer')
})
afterAll(() => t.stop())

const reason = 'Passport seen, and the face'
const newAddress = () => `${newId()}@patients.test`

const inCare = async (patientId: PatientId): Promise<Person> => {
  const clinician = await personOn(t, 'clinician')
  await insertVouched(t.app, 'care-relationship', [
    {
      patientId,
      id: newId(),
      userId: clinician.id,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
    },
  ])
  return clinician
}

const asked = async (patientId: PatientId, email = newAddress(), by: Person = officer) => {
  const input = { patientId, displayName: 'Ada Quince', email, reason }
  const { approvalId } = await by.call.patientAccounts.request(input)
  return { patientId, approvalId, email }
}

/** The link by which the account is taken over: without mail it is shown to whoever hands it over. */
const opened = async (patientId: PatientId, email = newAddress()) => {
  const clinician = await inCare(patientId)
  const { approvalId } = await asked(patientId, email, clinician)
  await second.call.patientAccounts.approve({ patientId, approvalId, reason })
  const third = await inCare(patientId)
  const { invitationUrl } = await third.call.patientAccounts.invite({ patientId })
  return { email, token: invitationUrl?.split('#')[1] ?? '' }
}

/** A patient who has taken their account over, and a way to sign in again. */
const takenOver = async (patientId: PatientId) => {
  const { email, token } = await opened(patientId)
  const browser = newBrowser(t.app)
  await browser.caller.auth.acceptInvitation({ token, password: PASSWORD })
  const { secret } = await browser.caller.auth.startEnrolment()
  await browser.caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
  const signIn = async () => {
    wait(t)
    const again = newBrowser(t.app)
    await again.caller.auth.signIn({ email, password: PASSWORD, as: 'patient' })
    await again.caller.auth.verifyTotp({ code: totpCode(secret, t.now) })
    return again
  }
  return { email, browser, signIn }
}

const describedIn = async ({ caller }: ReturnType<typeof newBrowser>) => {
  const session = await caller.auth.session()
  if (session.stage !== 'full') throw new Error(`not signed in: ${session.stage}`)
  return session
}

const rowsOf = (patientId: PatientId) =>
  withTransaction(t.app.db, [patientId], (tx) =>
    tx.orm.select().from(schema.patientAccounts).where(eq(schema.patientAccounts.patientId, patientId)),
  )

describe('an account of a patient', () => {
  it('takes two people, and the patient takes it over by a link', async () => {
    const { patientId } = await newPatient(t)
    const clinician = await inCare(patientId)
    const { approvalId, email } = await asked(patientId, newAddress(), clinician)
    expect(await second.call.patientAccounts.get({ patientId })).toMatchObject({
      state: 'requested',
      displayName: 'Ada Quince',
      email,
      asked: { approvalId, reason, mine: false },
    })
    expect((await second.call.needsYou.list()).items).toContainEqual(
      expect.objectContaining({ kind: 'patient-account', id: patientId, what: null, whom: null }),
    )
    await second.call.patientAccounts.approve({ patientId, approvalId, reason })
    expect(await officer.call.patientAccounts.get({ patientId })).toMatchObject({
      state: 'invited',
      invitedUntil: null,
    })
    // Whoever has the link reads the record: it is made by who may read it anyway.
    expect(await refusalOf(officer.call.patientAccounts.invite({ patientId }))).toBe('FORBIDDEN')
    expect(await refusalOf(clinician.call.patientAccounts.invite({ patientId }))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
    const third = await inCare(patientId)
    expect(await clinician.call.patientAccounts.get({ patientId })).toMatchObject({ mine: true })
    expect(await third.call.patientAccounts.get({ patientId })).toMatchObject({ mine: false })
    const { invitationUrl } = await third.call.patientAccounts.invite({ patientId })
    const browser = newBrowser(t.app)
    const token = invitationUrl?.split('#')[1] ?? ''
    expect(await browser.caller.auth.invitation({ token })).toMatchObject({
      displayName: 'Ada Quince',
      email,
    })
    await browser.caller.auth.acceptInvitation({ token, password: PASSWORD })
    const { secret } = await browser.caller.auth.startEnrolment()
    await browser.caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    expect(await describedIn(browser)).toMatchObject({
      user: { displayName: 'Ada Quince', email, patientId },
      roles: [{ title: 'Patient' }],
    })
    expect(await officer.call.patientAccounts.get({ patientId })).toMatchObject({ state: 'active' })
    expect(await refusalOf(third.call.patientAccounts.invite({ patientId }))).toBe('CONFLICT')
    const entries = (await auditEntries(t.app)).filter((entry) => entry.patientId === patientId)
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'patient-account.requested',
        'patient-account.approved',
        'patient-account.opened',
        'patient-account.invited',
      ]),
    )
  })

  it('is not decided on by whoever asked for it, nor by who may not', async () => {
    const { patientId } = await newPatient(t)
    const { approvalId } = await asked(patientId)
    const input = { patientId, approvalId, reason }
    expect(await refusalOf(officer.call.patientAccounts.approve(input))).toBe('SECOND_PERSON_REQUIRED')
    for (const role of ['administrator', 'security-officer', 'billing', 'analyst', 'auditor']) {
      const other = await personOn(t, role)
      expect(await refusalOf(other.call.patientAccounts.approve(input))).toBe('FORBIDDEN')
      expect(await refusalOf(other.call.patientAccounts.get({ patientId }))).toBe('FORBIDDEN')
    }
    const clinician = await inCare(patientId)
    expect(await refusalOf(clinician.call.patientAccounts.approve(input))).toBe('FORBIDDEN')
    const stranger = await personOn(t, 'clinician')
    expect(await refusalOf(stranger.call.patientAccounts.get({ patientId }))).toBe('FORBIDDEN')
    expect(await refusalOf(asked(patientId, newAddress(), stranger))).toBe('FORBIDDEN')
    const { patientId: another } = await newPatient(t)
    await asked(another)
    expect(await refusalOf(second.call.patientAccounts.approve({ ...input, patientId: another }))).toBe(
      'NOT_FOUND',
    )
    await second.call.patientAccounts.reject(input)
    expect(await officer.call.patientAccounts.get({ patientId })).toEqual({ state: 'none', endedAt: null })
  })

  it('is not asked for twice, nor by what is no address, nor for nobody', async () => {
    const { patientId } = await newPatient(t)
    await asked(patientId)
    expect(await refusalOf(asked(patientId))).toBe('CONFLICT')
    const { patientId: another } = await newPatient(t)
    expect(await refusalOf(asked(another, 'nobody at all'))).toBe('INVALID_INPUT')
    expect(await refusalOf(asked(newId<PatientId>()))).toBe('NOT_FOUND')
  })

  it('has an address of its own: that it is another’s is told to who decides, and to nobody who asks', async () => {
    const [first, then] = [await newPatient(t), await newPatient(t)]
    const { email } = await opened(first.patientId)
    const { patientId } = then
    const { approvalId } = await asked(patientId, email.toUpperCase(), await inCare(patientId))
    const input = { patientId, approvalId, reason }
    expect(await refusalOf(second.call.patientAccounts.approve(input))).toBe('CONFLICT')
    expect((await second.call.patientAccounts.get({ patientId })).state).toBe('requested')
    await second.call.patientAccounts.reject(input)
  })

  it('is not opened where whoever asked for it no longer gives the patient care', async () => {
    const { patientId } = await newPatient(t)
    const clinician = await inCare(patientId)
    const { approvalId } = await asked(patientId, newAddress(), clinician)
    const ended = eq(schema.careRelationships.userId, clinician.id)
    await withoutEntry(t.app, (tx) =>
      t.app.vouching.change(tx, 'care-relationship', ended, { endsAt: new Date(t.now.getTime() - 1) }),
    )
    expect(await refusalOf(second.call.patientAccounts.approve({ patientId, approvalId, reason }))).toBe(
      'CONFLICT',
    )
    expect((await rowsOf(patientId)).map(({ state }) => state)).toEqual(['requested'])
  })

  it('asked for twice at once is asked for once', async () => {
    const { patientId } = await newPatient(t)
    const results = await Promise.allSettled([asked(patientId), asked(patientId, newAddress(), second)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await rowsOf(patientId)).toHaveLength(1)
  })

  it('lapses where nobody decides, and can be asked for anew', async () => {
    const { patientId } = await newPatient(t)
    const { approvalId } = await asked(patientId)
    const before = t.now
    wait(t, 8 * 86_400_000)
    const late = await personOn(t, 'privacy-officer')
    const late2 = await personOn(t, 'privacy-officer')
    expect(await refusalOf(late.call.patientAccounts.approve({ patientId, approvalId, reason }))).toBe(
      'EXPIRED',
    )
    expect((await late.call.patientAccounts.get({ patientId })).state).toBe('none')
    const anew = await asked(patientId, newAddress(), late)
    await late2.call.patientAccounts.approve({ patientId, approvalId: anew.approvalId, reason })
    expect((await rowsOf(patientId)).map(({ state }) => state).toSorted()).toEqual(['ended', 'open'])
    t.now = before
  })

  it('ends at once: signed out, no link, no password, and the address is free', async () => {
    const { patientId } = await newPatient(t)
    const { email, browser, signIn } = await takenOver(patientId)
    await officer.call.patientAccounts.end({ patientId, reason: 'Asked by the patient' })
    expect(await browser.context.signedIn()).toBeNull()
    expect(await refusalOf(signIn())).toBe('WRONG_CREDENTIALS')
    expect(await officer.call.patientAccounts.get({ patientId })).toMatchObject({ state: 'none' })
    expect(await refusalOf(officer.call.patientAccounts.end({ patientId, reason }))).toBe('CONFLICT')
    const { patientId: another } = await newPatient(t)
    await opened(another, email)
  })

  it('that is ended before it was taken over leaves no link that counts', async () => {
    const { patientId } = await newPatient(t)
    const { token } = await opened(patientId)
    await officer.call.patientAccounts.end({ patientId, reason })
    const { caller } = newBrowser(t.app)
    expect(await refusalOf(caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
    expect(await refusalOf(caller.auth.acceptInvitation({ token, password: PASSWORD }))).toBe(
      'INVITATION_INVALID',
    )
  })

  it('ended by two at once is ended once', async () => {
    const { patientId } = await newPatient(t)
    await takenOver(patientId)
    const ends = [officer, second].map(({ call }) => call.patientAccounts.end({ patientId, reason }))
    const results = await Promise.allSettled(ends)
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const ended = (await auditEntries(t.app, 'patient-account.ended')).filter(
      (entry) => entry.patientId === patientId && entry.outcome === 'success',
    )
    expect(ended).toHaveLength(1)
  })

  it('is invited anew until it is taken over, which voids the link before', async () => {
    const { patientId } = await newPatient(t)
    const { token } = await opened(patientId)
    const third = await inCare(patientId)
    const { invitationUrl } = await third.call.patientAccounts.invite({ patientId })
    const browser = newBrowser(t.app)
    expect(await refusalOf(browser.caller.auth.invitation({ token }))).toBe('INVITATION_INVALID')
    await browser.caller.auth.acceptInvitation({
      token: invitationUrl?.split('#')[1] ?? '',
      password: PASSWORD,
    })
  })
})

describe('who somebody with such an account is', () => {
  it('is told by no row: nothing of name, address or patient stands in clear', async () => {
    const { patientId, family } = await newPatient(t)
    const { email } = await takenOver(patientId)
    const owner = t.database.open('chartward_owner', 1)
    const [dump] = await owner.sql<{ text: string }[]>`
      select string_agg(t::text, ' ') as text from (
        select u::text as t from users u where u.kind = 'patient'
        union all select s::text from sessions s join users u on u.id = s.user_id and u.kind = 'patient'
        union all select p::text from patient_accounts p) rows (t)`
    const text = (dump?.text ?? '').toLowerCase()
    expect(text.length).toBeGreaterThan(100)
    for (const told of [email, email.split('@')[0] ?? '', 'quince', family.toLowerCase()])
      expect(text).not.toContain(told)
    const [row] = await rowsOf(patientId)
    const linked = await owner.sql<{ n: number }[]>`
      select count(*)::int as n from users u join patient_accounts p
        on p::text like '%' || u.id || '%' or u::text like '%' || p.patient_id || '%' or u::text like '%' || p.id || '%'
      where u.kind = 'patient'`
    expect(row?.state).toBe('open')
    expect(linked[0]?.n).toBe(0)
  })

  it('is in no list of users, of sessions or of what needs somebody, and opened by no id', async () => {
    const { patientId } = await newPatient(t)
    const administrator = await personOn(t, 'administrator')
    // What a process has looked at it goes on from: what came since is another way into the list.
    await administrator.call.users.list({})
    const { browser } = await takenOver(patientId)
    const { user } = await describedIn(browser)
    const all = await administrator.call.users.list({ limit: 200 })
    expect(JSON.stringify(all)).not.toContain(user.id)
    expect(all.items.some(({ displayName }) => displayName === 'A patient')).toBe(false)
    expect(JSON.stringify(await administrator.call.sessions.list({ limit: 200 }))).not.toContain(user.id)
    const counts = await administrator.call.home.accounts()
    const [{ n } = { n: -1 }] = await t.app.db.sql<{ n: number }[]>`
      select count(*)::int as n from users where kind = 'workforce' and status = 'active'`
    expect(counts.active).toBe(n)
    const acts = [
      administrator.call.users.get({ id: user.id }),
      administrator.call.users.lockDown({ userId: user.id, reason }),
      administrator.call.users.deactivate({ id: user.id, reason }),
      administrator.call.users.assignRole({ userId: user.id, role: 'nurse', reason }),
      administrator.call.users.rename({ userId: user.id, displayName: 'Ada', reason }),
      administrator.call.sessions.end({ userId: user.id, sessions: 'all', reason }),
      administrator.call.why.may({ userId: user.id, permission: 'vault:record:read' }),
      officer.call.care.add({ patientId, userId: user.id, reason }),
    ]
    expect(await Promise.all(acts.map(refusalOf))).toEqual(acts.map(() => 'NOT_FOUND'))
    expect(await browser.context.signedIn()).not.toBeNull()
  })

  it('holds no role, whoever writes it into the database', async () => {
    const { patientId } = await newPatient(t)
    const { browser } = await takenOver(patientId)
    const { user } = await describedIn(browser)
    const owner = t.database.open('chartward_owner', 1)
    const given = owner.sql`
      insert into role_assignments (id, user_id, role, reason, starts_at, row_version, seal)
      values (${newId()}, ${user.id}, 'administrator', '\\x00', now(), 1, '\\x00')`
    await expect(given).rejects.toThrow('no role is assigned to the account of a patient')
    const administrator = await personOn(t, 'administrator')
    const nurse = await personOn(t, 'nurse')
    const role = { userId: nurse.id, role: 'patient', reason }
    expect(await refusalOf(administrator.call.users.assignRole(role))).toBe('NOT_FOUND')
    expect((await administrator.call.users.roles()).map(({ name }) => name)).not.toContain('patient')
  })

  it('is nobody at the door for staff, and staff are nobody at theirs, with one address too', async () => {
    const { patientId } = await newPatient(t)
    const staff = await newPerson(t.app, 'nurse')
    await opened(patientId, staff.email)
    const browser = newBrowser(t.app)
    const password = PASSWORD
    expect(await refusalOf(browser.caller.auth.signIn({ email: staff.email, password, as: 'patient' }))).toBe(
      'WRONG_CREDENTIALS',
    )
    expect((await fullySignedIn(t.app, staff)).context).toBeDefined()
    const own = await takenOver((await newPatient(t)).patientId)
    expect(await refusalOf(browser.caller.auth.signIn({ email: own.email, password }))).toBe(
      'WRONG_CREDENTIALS',
    )
    const [row] = await t.app.db.sql<{ address_key: string }[]>`
      select address_key from users where kind = 'patient' and status = 'active' limit 1`
    // What stands for an address is none to type.
    for (const as of ['workforce', 'patient'] as const)
      expect(
        await refusalOf(browser.caller.auth.signIn({ email: row?.address_key ?? '', password, as })),
      ).toBe('WRONG_CREDENTIALS')
  })

  it('can not be moved to another patient, nor opened again, by whoever writes rows', async () => {
    const [moved, ended] = [await newPatient(t), await newPatient(t)]
    const { patientId: other } = await newPatient(t)
    const browsers = [await takenOver(moved.patientId), await takenOver(ended.patientId)]
    await officer.call.patientAccounts.end({ patientId: ended.patientId, reason })
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`alter table patient_accounts disable trigger patient_accounts_move_on`
    await owner.sql`update patient_accounts set patient_id = ${other} where patient_id = ${moved.patientId}`
    await owner.sql`
      update patient_accounts set state = 'open', ended_at = null, ended_by = null
      where patient_id = ${ended.patientId}`
    await owner.sql`alter table patient_accounts enable trigger patient_accounts_move_on`
    for (const { browser } of browsers) expect(await browser.context.signedIn()).toBeNull()
    const rows = [await rowsOf(other), await rowsOf(ended.patientId)].flat()
    expect(await Promise.all(rows.map((row) => t.app.vouching.admits('patient-account', row)))).toEqual([
      false,
      false,
    ])
  })

  it('is none again where its rows are put back as they were, seals and all', async () => {
    const { patientId } = await newPatient(t)
    const { browser, email } = await takenOver(patientId)
    const { user } = await describedIn(browser)
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`create temporary table before_account as select * from patient_accounts where patient_id = ${patientId}`
    await owner.sql`create temporary table before_user as select * from users where id = ${user.id}`
    await officer.call.patientAccounts.end({ patientId, reason })
    await sequenceAll(sequencerOf(t))
    await owner.sql`set session_replication_role = replica`
    await owner.sql`delete from patient_accounts where patient_id = ${patientId}`
    await owner.sql`insert into patient_accounts select * from before_account`
    await owner.sql`delete from users where id = ${user.id}`
    await owner.sql`insert into users select * from before_user`
    await owner.sql`set session_replication_role = origin`
    expect((await rowsOf(patientId)).map(({ state }) => state)).toEqual(['open'])
    // A process that starts then knows of no earlier state.
    const other = await t.another()
    try {
      expect(await other.reads.ownAccounts.ask(user.id as UserId)).toBeNull()
      const again = newBrowser(other)
      expect(await refusalOf(again.caller.auth.signIn({ email, password: PASSWORD, as: 'patient' }))).toBe(
        'WRONG_CREDENTIALS',
      )
    } finally {
      await other.close()
    }
  })

  it('is nobody once the patient’s key is gone', async () => {
    const { patientId } = await newPatient(t)
    const { browser, email } = await takenOver(patientId)
    const { user } = await describedIn(browser)
    await t.database.open('chartward_owner', 1).sql`delete from patient_keys where patient_id = ${patientId}`
    // A process that has never had the key.
    const other = await t.another()
    try {
      expect(await other.reads.ownAccounts.ask(user.id as UserId)).toBeNull()
      const again = newBrowser(other)
      await again.caller.auth.signIn({ email, password: PASSWORD, as: 'patient' })
      expect(await again.context.signedIn()).toBeNull()
    } finally {
      await other.close()
    }
  })
})

describe('a patient who is signed in', () => {
  const REST = { shoeSize: 43 }

  it('sees the whole of their own record, what no field is declared for included, and nobody else’s', async () => {
    const { patientId } = await newPatient(t, { patientMore: REST })
    const { patientId: another } = await newPatient(t, { patientMore: REST })
    const me = await personOn(t, 'patient', { patientId })
    expect(await me.call.patients.get({ id: patientId })).toMatchObject({ rest: REST })
    const { items } = await me.call.records.list({ patientId, type: 'Condition' })
    expect(items).toHaveLength(1)
    expect(items[0]?.rest).toEqual({})
    expect((await me.call.records.takeAway({ patientId, type: 'Condition' })).items).toHaveLength(1)
    for (const call of [
      () => me.call.patients.get({ id: another }),
      () => me.call.records.list({ patientId: another, type: 'Condition' }),
      () => me.call.records.takeAway({ patientId: another, type: 'Condition' }),
      () => me.call.audit.ownAccesses({ patientId: another }),
      () => me.call.audit.accesses({ patientId }),
      () => me.call.patientAccounts.get({ patientId }),
      () => me.call.patients.mine({}),
      () => me.call.users.list({}),
    ])
      expect(await refusalOf(call())).toBe('FORBIDDEN')
    const clinician = await inCare(patientId)
    expect((await clinician.call.patients.get({ id: patientId })).rest).toBeNull()
    expect((await clinician.call.records.list({ patientId, type: 'Condition' })).items[0]?.rest).toBeNull()
  })

  it('takes it all away with a fresh factor alone, and each part is an entry', async () => {
    const { patientId } = await newPatient(t)
    const stale = await personOn(t, 'patient', { patientId, factorAt: null })
    const input = { patientId, type: 'Condition' } as const
    expect(await refusalOf(stale.call.records.takeAway(input))).toBe('STEP_UP_REQUIRED')
    const { patientId: another } = await newPatient(t)
    const me = await personOn(t, 'patient', { patientId: another })
    await me.call.records.takeAway({ patientId: another, type: 'Condition' })
    const entries = await entriesOfRequest(t.app, me.context.requestId)
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'record.taken-away',
        patientId: another,
        outcome: 'success',
        count: 1,
      }),
    )
  })

  it('says of what can’t be read that it is there, and shows nobody else’s', async () => {
    const [own, other] = [await newPatient(t), await newPatient(t)]
    const clinician = await inCare(own.patientId)
    for (const _ of [1, 2, 3]) await clinician.call.patients.get({ id: own.patientId })
    const also = await inCare(other.patientId)
    await also.call.patients.get({ id: other.patientId })
    await t.app.audit.drain()
    const owner = t.database.open('chartward_owner', 1)
    const [first, second] = await owner.sql<{ id: string }[]>`
      select id from audit_entries where patient_id = ${own.patientId} and action = 'patient.viewed' order by id`
    await owner.sql`set session_replication_role = replica`
    await owner.sql`update audit_entries set mac = sha256(mac) where id = ${first?.id ?? ''}`
    await owner.sql`
      update audit_entries set (bytes, mac) = (
        select bytes, mac from audit_entries where patient_id = ${other.patientId} and action = 'patient.viewed')
      where id = ${second?.id ?? ''}`
    await owner.sql`set session_replication_role = origin`
    const me = await personOn(t, 'patient', { patientId: own.patientId })
    const { items, unreadable } = await me.call.audit.ownAccesses({ patientId: own.patientId })
    expect(items.map(({ action }) => action)).toEqual(['patient.viewed'])
    expect(unreadable).toBe(2)
  })

  it('sees who saw it by role, and by name where a setting says so, without what staff typed', async () => {
    const { patientId } = await newPatient(t)
    const clinician = await inCare(patientId)
    await clinician.call.patients.get({ id: patientId })
    const stranger = await personOn(t, 'clinician')
    expect(await refusalOf(stranger.call.patients.get({ id: patientId }))).toBe('NO_CARE_RELATIONSHIP')
    await stranger.call.breakGlass.open({ patientId, cause: 'emergency', reason: 'Found on the floor' })
    await stranger.call.records.list({ patientId, type: 'Condition' })
    const me = await personOn(t, 'patient', { patientId })
    await me.call.patients.get({ id: patientId })
    const { items, unreadable } = await me.call.audit.ownAccesses({ patientId })
    expect(unreadable).toBe(0)
    expect(items).toMatchObject([
      { who: { kind: 'you' }, action: 'patient.viewed', ground: 'self' },
      {
        who: { kind: 'staff', roles: ['Clinician'], name: null },
        action: 'record.listed',
        ground: 'break-glass',
      },
      {
        who: { kind: 'staff', roles: ['Clinician'], name: null },
        action: 'patient.viewed',
        ground: 'care',
        care: 'care-team',
      },
    ])
    const text = JSON.stringify(items)
    for (const told of [clinician.id, stranger.id, 'floor', '127.0.0.1']) expect(text).not.toContain(told)
    const named = await t.another({ patientsSeeNames: true })
    try {
      const call = createCallerFactory(appRouter)(browserOf(named, me.token, me.context.ip))
      const seen = (await call.audit.ownAccesses({ patientId })).items
      const nameOf = (id: string) => t.app.db.sql<{ name: string }[]>`
        select display_name as name from users where id = ${id}`
      const [theirs] = await nameOf(clinician.id)
      expect(seen.map(({ who }) => who.name)).toContain(theirs?.name)
    } finally {
      await named.close()
    }
  })
})

it('the accounts of the demo sign in at the door for patients', async () => {
  const { patientId } = await newPatient(t)
  const email = newAddress()
  const { totpSecret } = await createDemoPatientAccount(t.app, {
    patientId,
    displayName: 'Ada Quince',
    email,
    password: PASSWORD,
  })
  const browser = newBrowser(t.app)
  await browser.caller.auth.signIn({ email, password: PASSWORD, as: 'patient' })
  await browser.caller.auth.verifyTotp({ code: totpCode(totpSecret, t.now) })
  expect((await describedIn(browser)).user.patientId).toBe(patientId)
})
