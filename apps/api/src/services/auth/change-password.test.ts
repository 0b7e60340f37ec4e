import { schema } from '@chartward/db'
import { STEP_UP_SECONDS } from '@chartward/policy'
import { hash as argon2 } from '@node-rs/argon2'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { withoutEntry } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { LOCK_MS } from './attempts.ts'
import { storePassword } from './passwords.ts'
import {
  afterPassword,
  callerOf,
  fullySignedIn,
  holdHashing,
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

const OTHER = 'Seven-loud-0tters!'
const WRONG = 'not-the-Password-9'
const change = { current: PASSWORD, password: OTHER }
/** The n-th of many passwords. */
const nth = (n: number): string => `Lantern-cobalt-mirror-${n}`
const signsInWith = async ({ email }: Person, password: string): Promise<string> =>
  newBrowser(t.app)
    .caller.auth.signIn({ email, password })
    .then(
      ({ stage }) => stage,
      (error: unknown) => refusalOf(Promise.reject(error)),
    )
const changesOf = async (person: Person) =>
  (await auditEntries(t.app, 'auth.password.changed')).filter(({ resource }) => resource.id === person.id)

describe('whoever changes their password', () => {
  it('signs in with the new one from then on, and goes on here under another token', async () => {
    const person = await newPerson(t.app)
    const { caller, context } = await fullySignedIn(t.app, person)
    const before = context.token
    expect(await caller.auth.changePassword(change)).toEqual({ endedOther: false })
    expect(context.token).not.toBe(before)
    expect((await caller.auth.session()).stage).toBe('full')
    expect(await signsInWith(person, PASSWORD)).toBe('WRONG_CREDENTIALS')
    expect(await signsInWith(person, OTHER)).toBe('factor')
    expect(await changesOf(person)).toMatchObject([
      { outcome: 'success', actor: { kind: 'user', id: person.id } },
    ])
  })

  it('leaves neither password in the log', async () => {
    const log = JSON.stringify(await auditEntries(t.app))
    for (const secret of [PASSWORD, OTHER]) expect(log).not.toContain(secret)
  })

  it('needs the one that they have, counted as any other guess at it', async () => {
    const person = await newPerson(t.app)
    const { caller, context } = await fullySignedIn(t.app, person)
    const refusals = await Promise.all(
      Array.from({ length: 8 }, () =>
        refusalOf(caller.auth.changePassword({ current: WRONG, password: OTHER })),
      ),
    )
    expect(refusals.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'LOCKED_OUT'),
      ...Array.from({ length: 5 }, () => 'WRONG_CREDENTIALS'),
    ])
    // The same counter as that of signing in there, in which the right password would not count now either.
    expect(await refusalOf(caller.auth.signIn({ email: person.email, password: PASSWORD }))).toBe(
      'LOCKED_OUT',
    )
    // Whoever has the browser keeps nobody out of another.
    expect(await signsInWith(person, PASSWORD)).toBe('factor')
    expect(await refusalOf(caller.auth.changePassword(change))).toBe('LOCKED_OUT')
    expect(context.token).not.toBeNull()
    expect(await auditEntries(t.app, 'auth.lockout')).toHaveLength(1)
    wait(t, LOCK_MS)
    expect(await signsInWith(person, PASSWORD)).toBe('factor')
  })

  it('needs a factor given within five minutes, and is asked for it', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    wait(t, STEP_UP_SECONDS * 1000 + 1000)
    expect(await refusalOf(caller.auth.changePassword(change))).toBe('STEP_UP_REQUIRED')
    expect(await changesOf(person)).toMatchObject([{ outcome: 'asked', reason: 'STEP_UP_REQUIRED' }])
    expect(await signsInWith(person, PASSWORD)).toBe('factor')
    await caller.auth.stepUp({ code: person.code() })
    expect(await caller.auth.changePassword(change)).toEqual({ endedOther: false })
  })

  it('is refused without a session, before the factor, and with keys that are not known', async () => {
    const person = await newPerson(t.app)
    expect(await refusalOf(newBrowser(t.app).caller.auth.changePassword(change))).toBe('UNAUTHENTICATED')
    const half = await afterPassword(t.app, person)
    expect(await refusalOf(half.caller.auth.changePassword(change))).toBe('FACTOR_REQUIRED')
    wait(t)
    const { caller } = await fullySignedIn(t.app, person)
    const whose = { ...change, userId: newId() }
    expect(await refusalOf(caller.auth.changePassword(whose))).toBe('INVALID_INPUT')
    expect(await signsInWith(person, PASSWORD)).toBe('factor')
  })

  it('may not choose one that the policy refuses, and is told at its field', async () => {
    const { caller } = await fullySignedIn(t.app, await newPerson(t.app))
    await expect(
      caller.auth.changePassword({ current: PASSWORD, password: 'Password123!' }),
    ).rejects.toMatchObject({ cause: { code: 'PASSWORD_POLICY', field: 'password' } })
    await expect(caller.auth.changePassword({ current: WRONG, password: OTHER })).rejects.toMatchObject({
      cause: { code: 'WRONG_CREDENTIALS', field: 'current' },
    })
  })

  it('ends a session that is not the one in which it is done', async () => {
    const person = await newPerson(t.app)
    const here = await fullySignedIn(t.app, person)
    // Half signed in elsewhere, with the old password: whoever knows it is not let on to the factor.
    const elsewhere = await afterPassword(t.app, person)
    await here.caller.auth.changePassword(change)
    expect(await elsewhere.caller.auth.session()).toEqual({ stage: 'none', mail: false })
    expect((await here.caller.auth.session()).stage).toBe('full')
  })

  it('does it once of two who do it at the same time', async () => {
    const person = await newPerson(t.app)
    const { caller, context } = await fullySignedIn(t.app, person)
    const { held, hashed, letGo } = holdHashing(t.app)
    const slow = callerOf({ ...context, app: held }).auth.changePassword({
      current: PASSWORD,
      password: nth(1),
    })
    await hashed
    await caller.auth.changePassword(change)
    letGo()
    expect(await refusalOf(slow)).toMatch(/^(CONFLICT|UNAUTHENTICATED)$/)
    expect(await signsInWith(person, nth(1))).toBe('WRONG_CREDENTIALS')
    expect(await signsInWith(person, OTHER)).toBe('factor')
  })
})

describe('the last twelve passwords', () => {
  const passwordRows = (person: Person) =>
    t.app.db.orm
      .select()
      .from(schema.passwords)
      .where(eq(schema.passwords.userId, person.id))
      .orderBy(desc(schema.passwords.createdAt), desc(schema.passwords.id))

  it('can not be chosen again, and the thirteenth can', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    let current = PASSWORD
    const to = async (password: string) => {
      wait(t, 1000)
      await caller.auth.changePassword({ current, password })
      current = password
    }
    for (let n = 1; n <= 11; n += 1) await to(nth(n))
    // The first and the eleven since are twelve.
    for (const password of [PASSWORD, nth(1), nth(11)]) {
      expect(await refusalOf(caller.auth.changePassword({ current, password }))).toBe('PASSWORD_POLICY')
    }
    await to(nth(12))
    await to(PASSWORD)
    expect(await passwordRows(person)).toHaveLength(14)
  })

  it('are counted as passwords: one that was hashed again takes one place', async () => {
    const person = await newPerson(t.app)
    wait(t, 1000)
    // Made with less than what is in force, as it would have been years ago.
    const weak = await argon2(nth(0), { memoryCost: 1024, timeCost: 1, parallelism: 1 })
    await withoutEntry(t.app, (tx) => storePassword(tx, t.app, { ...person, kind: 'workforce' }, weak))
    wait(t, 1000)
    const { caller } = newBrowser(t.app)
    await caller.auth.signIn({ email: person.email, password: nth(0) })
    const [again, before] = await passwordRows(person)
    expect(again?.createdAt).toEqual(before?.createdAt)
    expect(again?.hash).not.toEqual(before?.hash)
    await caller.auth.verifyTotp({ code: person.code() })
    for (let n = 1; n <= 10; n += 1) {
      wait(t, 1000)
      await caller.auth.changePassword({ current: nth(n - 1), password: nth(n) })
    }
    // The first, the one that was hashed twice, and the ten since are twelve.
    expect(await refusalOf(caller.auth.changePassword({ current: nth(10), password: PASSWORD }))).toBe(
      'PASSWORD_POLICY',
    )
  })
})
