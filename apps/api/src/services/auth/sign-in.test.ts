import { schema } from '@chartward/db'
import { hash } from '@node-rs/argon2'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { Gate } from '../../core/gate.ts'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf, tally } from '../../testing/entries.ts'
import { changeVouched, withoutEntry } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { LOCK_MS, passwordAttempts, purgeAttempts } from './attempts.ts'
import { needsRehash } from './password-hash.ts'
import { storePassword } from './passwords.ts'
import { openPassword } from './sealed-hash.ts'
import {
  afterPassword,
  fullySignedIn,
  newBrowser,
  newPerson,
  PASSWORD,
  type Person,
  wait,
} from './testing/person.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

const WRONG = 'not-the-Password-9'
const tryPassword = (email: string, password: string) =>
  newBrowser(t.app).caller.auth.signIn({ email, password })
const entriesAbout = async (person: Person) =>
  (await auditEntries(t.app)).filter(({ resource }) => resource.id === person.id)
const attemptsOn = async (email: string) =>
  (await auditEntries(t.app)).filter(
    ({ facts }) => facts.attemptsOn === passwordAttempts(t.app, { email, kind: 'workforce' }),
  )

describe('sign-in', () => {
  it('takes a password and then a code, one after the other, under a new token each', async () => {
    const person = await newPerson(t.app)
    const { context, caller } = newBrowser(t.app)
    expect(await caller.auth.session()).toEqual({ stage: 'none', mail: false })
    expect(await caller.auth.signIn({ email: person.email, password: PASSWORD })).toEqual({ stage: 'factor' })
    const first = context.token
    expect(await caller.auth.session()).toEqual({ stage: 'factor', displayName: 'Ada Bee' })
    expect(await caller.auth.verifyTotp({ code: person.code() })).toEqual({
      stage: 'full',
      endedOther: false,
    })
    expect(context.token).not.toBe(first)
    expect(await caller.auth.session()).toMatchObject({
      stage: 'full',
      user: { id: person.id, email: person.email, practitionerLinked: false },
      roles: [{ role: 'nurse', title: 'Nurse', endsAt: null }],
      factorAt: t.now.toISOString(),
      demo: false,
    })
  })

  it('leaves an entry of each step, in one session', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    const session = await caller.auth.session()
    const sessionId = session.stage === 'full' ? session.sessionId : null
    const steps = (await entriesAbout(person)).filter((entry) => entry.sessionId !== null)
    expect(steps).toMatchObject([
      {
        action: 'auth.sign-in.password',
        outcome: 'success',
        sessionId,
        actor: { kind: 'user', id: person.id },
      },
      { action: 'auth.sign-in.totp', outcome: 'success', sessionId, actor: { kind: 'user', id: person.id } },
    ])
  })

  it('reaches nothing before the factor, whatever the role, and says so in the log', async () => {
    const person = await newPerson(t.app, 'administrator')
    const { caller } = await afterPassword(t.app, person)
    const code = person.code()
    expect(await refusalOf(caller.users.list({}))).toBe('FACTOR_REQUIRED')
    expect(await refusalOf(caller.users.invite({ email: 'x@example.test', displayName: 'X' }))).toBe(
      'FACTOR_REQUIRED',
    )
    expect(await refusalOf(caller.approvals.list({}))).toBe('FACTOR_REQUIRED')
    expect(await refusalOf(caller.auth.stepUp({ code }))).toBe('FACTOR_REQUIRED')
    expect(await refusalOf(caller.auth.startEnrolment())).toBe('FACTOR_REQUIRED')
    expect(await refusalOf(caller.auth.finishEnrolment({ code }))).toBe('FACTOR_REQUIRED')
    const refused = (await auditEntries(t.app)).filter(({ reason }) => reason === 'FACTOR_REQUIRED')
    expect(refused.map(({ action }) => action).sort()).toEqual([
      'approval.listed',
      'auth.factor.enrol-start',
      'auth.factor.enrolled',
      'auth.step-up',
      'user.invited',
      'user.listed',
    ])
  })

  it('reaches nothing without a session', async () => {
    const { caller } = newBrowser(t.app)
    const code = '123456'
    for (const call of [
      () => caller.users.list({}),
      () => caller.auth.verifyTotp({ code }),
      () => caller.auth.useRecoveryCode({ code: 'AAAA-BBBB-CCCC-DDDD' }),
      () => caller.auth.stepUp({ code }),
      () => caller.auth.startEnrolment(),
      () => caller.auth.finishEnrolment({ code }),
    ]) {
      expect(await refusalOf(call())).toBe('UNAUTHENTICATED')
    }
    expect(await caller.auth.signOut()).toEqual({})
  })

  it('elsewhere ends the session here, and says so', async () => {
    const person = await newPerson(t.app)
    const here = await fullySignedIn(t.app, person)
    wait(t)
    const elsewhere = await afterPassword(t.app, person)
    expect((await here.caller.auth.session()).stage).toBe('full')
    expect(await elsewhere.caller.auth.verifyTotp({ code: person.code() })).toEqual({
      stage: 'full',
      endedOther: true,
    })
    expect(await here.caller.auth.session()).toEqual({ stage: 'none', mail: false })
  })

  it('in a browser where somebody is signed in ends that session', async () => {
    const [first, second] = [await newPerson(t.app), await newPerson(t.app)]
    const browser = await fullySignedIn(t.app, first)
    const token = browser.context.token
    await browser.caller.auth.signIn({ email: second.email, password: PASSWORD })
    const [row] = await t.app.db.orm
      .select()
      .from(schema.sessions)
      .where(eq(schema.sessions.userId, first.id))
    expect(row).toMatchObject({ endReason: 'replaced', endedBy: second.id })
    expect(browser.context.token).not.toBe(token)
  })

  it('ends with signing out, in the log as one entry', async () => {
    const person = await newPerson(t.app)
    const { context, caller } = await fullySignedIn(t.app, person)
    await caller.auth.signOut()
    expect(context.token).toBeNull()
    const entries = await entriesAbout(person)
    expect(entries.at(-1)).toMatchObject({ action: 'auth.sign-out', outcome: 'success' })
    const [row] = await t.app.db.orm
      .select()
      .from(schema.sessions)
      .where(eq(schema.sessions.userId, person.id))
    expect(row).toMatchObject({ endReason: 'sign-out', endedBy: person.id })
  })

  it('lists the permissions that the roles in force give, and no others', async () => {
    const person = await newPerson(t.app, 'analyst')
    const { caller } = await fullySignedIn(t.app, person)
    const session = await caller.auth.session()
    expect(session.stage === 'full' && session.permissions).toEqual([
      'export:request:create',
      'export:request:list',
      'export:request:read',
      'export:release:download',
      'home:summary:read',
      'self:account:read',
      'self:notice:read',
      'self:session:read',
      'self:session:end',
      'self:break-glass:read',
      'self:break-glass:end',
      'self:factor:read',
      'self:factor:change',
      'self:work:follow',
    ])
  })
})

describe('a wrong password', () => {
  it('gets the same answer and the same kind of entry as an unknown address and as an account that is closed', async () => {
    const [known, closed] = [await newPerson(t.app), await newPerson(t.app)]
    await changeVouched(t.app, 'user', eq(schema.users.id, closed.id), { status: 'deactivated' })
    const unknown = `${newId()}@example.test`
    expect(await refusalOf(tryPassword(known.email, WRONG))).toBe('WRONG_CREDENTIALS')
    expect(await refusalOf(tryPassword(closed.email, PASSWORD))).toBe('WRONG_CREDENTIALS')
    expect(await refusalOf(tryPassword(unknown, WRONG))).toBe('WRONG_CREDENTIALS')
    for (const [email, id] of [
      [known.email, known.id],
      [closed.email, closed.id],
      [unknown, null],
    ] as const) {
      expect(await attemptsOn(email)).toMatchObject([
        {
          action: 'auth.sign-in.password',
          outcome: 'failure',
          reason: 'WRONG_CREDENTIALS',
          actor: { kind: 'anonymous' },
          resource: { type: 'user', id },
        },
      ])
    }
  })

  it('is never in the log, nor is the address that was typed', async () => {
    const email = `${newId()}@example.test`
    await refusalOf(tryPassword(email, 'Sesame-0pen-Sesame'))
    const log = JSON.stringify(await auditEntries(t.app))
    expect(log).not.toContain('Sesame-0pen')
    expect(log).not.toContain(email)
  })

  it('is counted by the log too: whoever empties the counters, or takes a lock away, wins no guess', async () => {
    const person = await newPerson(t.app)
    for (let i = 0; i < 5; i += 1) {
      expect(await refusalOf(tryPassword(person.email, WRONG))).toBe('WRONG_CREDENTIALS')
      await t.app.db.sql`delete from attempt_counters`
      await t.app.attempts.look()
    }
    expect(await refusalOf(tryPassword(person.email, PASSWORD))).toBe('LOCKED_OUT')
    await t.app.db.sql`delete from attempt_counters`
    expect(await refusalOf(tryPassword(person.email, PASSWORD))).toBe('LOCKED_OUT')
    wait(t, LOCK_MS)
    expect(await tryPassword(person.email, PASSWORD)).toEqual({ stage: 'factor' })
  })

  it('locks the address at the fifth, for 30 minutes, against the right one too, and is audited as a lockout', async () => {
    const person = await newPerson(t.app)
    for (let i = 0; i < 5; i += 1) {
      // However the address is written, it is the same one.
      const email = i % 2 === 0 ? person.email : ` ${person.email.toUpperCase()} `
      expect(await refusalOf(tryPassword(email, WRONG))).toBe('WRONG_CREDENTIALS')
    }
    expect(await refusalOf(tryPassword(person.email, PASSWORD))).toBe('LOCKED_OUT')
    wait(t, LOCK_MS - 1000)
    expect(await refusalOf(tryPassword(person.email, PASSWORD))).toBe('LOCKED_OUT')
    wait(t, 1000)
    expect(await tryPassword(person.email, PASSWORD)).toEqual({ stage: 'factor' })
    const lockouts = (await attemptsOn(person.email)).filter(({ action }) => action === 'auth.lockout')
    expect(lockouts).toMatchObject([{ resource: { type: 'user', id: person.id } }])
  })

  it('is not what an attempt was that failed on our side: it locks nobody, also after four wrong ones', async () => {
    const person = await newPerson(t.app)
    for (let i = 0; i < 4; i += 1) {
      expect(await refusalOf(tryPassword(person.email, WRONG))).toBe('WRONG_CREDENTIALS')
    }
    const busy = { ...t.app, hashing: new Gate({ atOnce: 0, mostWaiting: 0 }) }
    for (let i = 0; i < 6; i += 1) {
      const attempt = newBrowser(busy).caller.auth.signIn({ email: person.email, password: PASSWORD })
      expect(await refusalOf(attempt)).toBe('UNAVAILABLE')
    }
    const lockouts = (await attemptsOn(person.email)).filter(({ action }) => action === 'auth.lockout')
    expect(lockouts).toEqual([])
    expect(await tryPassword(person.email, PASSWORD)).toEqual({ stage: 'factor' })
  })

  it('locks as before after attempts that failed on our side', async () => {
    const email = `${newId()}@example.test`
    const busy = { ...t.app, hashing: new Gate({ atOnce: 0, mostWaiting: 0 }) }
    for (let i = 0; i < 5; i += 1) {
      expect(await refusalOf(newBrowser(busy).caller.auth.signIn({ email, password: WRONG }))).toBe(
        'UNAVAILABLE',
      )
      expect(await refusalOf(tryPassword(email, WRONG))).toBe('WRONG_CREDENTIALS')
    }
    expect(await refusalOf(tryPassword(email, PASSWORD))).toBe('LOCKED_OUT')
    const lockouts = (await attemptsOn(email)).filter(({ action }) => action === 'auth.lockout')
    expect(lockouts).toHaveLength(1)
  })

  it('leaves a counter that is deleted after a month, and not while it locks', async () => {
    const [old, locked] = [`${newId()}@example.test`, `${newId()}@example.test`]
    await refusalOf(tryPassword(old, WRONG))
    await refusalOf(tryPassword(locked, WRONG))
    wait(t, 30 * 24 * 60 * 60_000)
    for (let i = 0; i < 5; i += 1) await refusalOf(tryPassword(locked, WRONG))
    wait(t, 1000)
    await purgeAttempts(t.app)
    const kept = await t.app.db.orm.select().from(schema.attemptCounters)
    expect(kept.map(({ subject }) => subject)).toContain(
      passwordAttempts(t.app, { email: locked, kind: 'workforce' }),
    )
    expect(kept.map(({ subject }) => subject)).not.toContain(
      passwordAttempts(t.app, { email: old, kind: 'workforce' }),
    )
    expect(await refusalOf(tryPassword(locked, PASSWORD))).toBe('LOCKED_OUT')
  })

  it('is forgotten after the right one', async () => {
    const person = await newPerson(t.app)
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 4; i += 1) {
        expect(await refusalOf(tryPassword(person.email, WRONG))).toBe('WRONG_CREDENTIALS')
      }
      expect(await tryPassword(person.email, PASSWORD)).toEqual({ stage: 'factor' })
    }
  })

  it.each(['known', 'unknown'])(
    'of 50 guessed at the same moment for an %s address, 5 are checked',
    async (kind) => {
      const email = kind === 'known' ? (await newPerson(t.app)).email : `${newId()}@example.test`
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => refusalOf(tryPassword(email, `${WRONG}${i}`))),
      )
      expect(outcomes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5)
      expect(outcomes.filter((code) => code === 'LOCKED_OUT')).toHaveLength(45)
      expect(tally(await attemptsOn(email))).toEqual({
        'failure WRONG_CREDENTIALS': 5,
        'refused LOCKED_OUT': 45,
        // The lockout itself.
        success: 1,
      })
    },
  )
})

it('a password hashed with less than what is in force is hashed anew when it is next given', async () => {
  const person = await newPerson(t.app)
  const weak = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 })
  wait(t)
  await withoutEntry(t.app, (tx) => storePassword(tx, t.app, { ...person, kind: 'workforce' }, weak))
  wait(t)
  await afterPassword(t.app, person)
  const hashes = await t.app.db.orm
    .select()
    .from(schema.passwords)
    .where(eq(schema.passwords.userId, person.id))
    .orderBy(schema.passwords.createdAt, schema.passwords.id)
  const opened = await Promise.all(hashes.map((row) => openPassword(t.app.keyring, row)))
  expect(opened.map(needsRehash)).toEqual([false, true, false])
  expect((await afterPassword(t.app, person)).context.token).not.toBeNull()
})

it('a request with keys that are not known changes nothing', async () => {
  const person = await newPerson(t.app)
  const { context, caller } = newBrowser(t.app)
  const input = { email: person.email, password: PASSWORD, stage: 'full' }
  expect(await refusalOf(caller.auth.signIn(input))).toBe('INVALID_INPUT')
  expect(context.token).toBeNull()
})
