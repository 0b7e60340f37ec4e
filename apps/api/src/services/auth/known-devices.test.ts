import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf, tally } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { as } from '../users/testing/person.ts'
import { LOCK_MS, MOST_IN_A_ROW, passwordAttempts, purgeAttempts } from './attempts.ts'
import { fullySignedIn, newBrowser, newPerson, PASSWORD, type Person, wait } from './testing/person.ts'

let t: TestApp
/** Another process of the same installation. */
let other: App & { close(): Promise<void> }
const { attemptCounters, knownDevices } = schema

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
  other = await t.another({ connections: 10 })
})
afterAll(async () => {
  await other.close()
  await t.stop()
})

const WRONG = 'not-the-Password-9'
const DAY = 24 * 60 * 60_000
type Browser = Awaited<ReturnType<typeof fullySignedIn>>

/** A stranger, who has no browser that is known. */
const guess = (app: App, email: string) =>
  refusalOf(newBrowser(app).caller.auth.signIn({ email, password: WRONG }))
const guessIn = ({ caller }: Browser, email: string) =>
  refusalOf(caller.auth.signIn({ email, password: WRONG }))
const rightIn = ({ caller }: Browser, { email }: Person) => caller.auth.signIn({ email, password: PASSWORD })

/** A browser in which somebody has signed in fully, and out again. */
const known = async (person: Person): Promise<Browser> => {
  const browser = await fullySignedIn(t.app, person)
  await browser.caller.auth.signOut()
  wait(t)
  return browser
}

/** Has strangers fail until the password is refused on devices that are not known. */
const guessedOut = async (email: string): Promise<void> => {
  for (let failed = 0; failed < MOST_IN_A_ROW; failed += 5) {
    for (let i = 0; i < 5; i += 1) expect(await guess(t.app, email)).toBe('WRONG_CREDENTIALS')
    // Half an hour is long enough for what a process knows of the log to be of now.
    await t.app.attempts.look()
    wait(t, LOCK_MS)
  }
}

const devicesOf = (person: Person) =>
  t.app.db.orm.select().from(knownDevices).where(eq(knownDevices.userId, person.id))
const noticesOf = async (person: Person) =>
  (
    await t.app.db.sql<{ word: string }[]>`select word from notices where user_id = ${person.id} order by id`
  ).map(({ word }) => word)

describe('a stranger', () => {
  it('locks nobody out of a device on which they have signed in before', async () => {
    const person = await newPerson(t.app)
    const device = await known(person)
    for (let i = 0; i < 5; i += 1) expect(await guess(t.app, person.email)).toBe('WRONG_CREDENTIALS')
    expect(await guess(t.app, person.email)).toBe('LOCKED_OUT')
    expect(await rightIn(device, person)).toEqual({ stage: 'factor' })
    expect(await device.caller.auth.verifyTotp({ code: person.code() })).toMatchObject({ stage: 'full' })
  })

  it('who fails a hundred times, locks between them, is refused with the right password too, and lets its owner in where they are known', async () => {
    const person = await newPerson(t.app)
    const device = await known(person)
    await guessedOut(person.email)
    const right = newBrowser(t.app).caller.auth.signIn({ email: person.email, password: PASSWORD })
    await expect(right).rejects.toThrow('Too many failed attempts here')
    expect(await rightIn(device, person)).toEqual({ stage: 'factor' })
    wait(t, 365 * DAY)
    await purgeAttempts(t.app)
    expect(await guess(t.app, person.email)).toBe('LOCKED_OUT')
    // By now the device is one that nobody knows.
    expect(await refusalOf(rightIn(device, person))).toBe('LOCKED_OUT')
  })

  it('is refused alike for an address that nobody has', async () => {
    const email = `${newId()}@example.test`
    await guessedOut(email)
    expect(await guess(t.app, email)).toBe('LOCKED_OUT')
    wait(t, 365 * DAY)
    await purgeAttempts(t.app)
    expect(await guess(t.app, email)).toBe('LOCKED_OUT')
  })

  it('gets no more by emptying the counters, nor does the other process forget', async () => {
    const person = await newPerson(t.app)
    await guessedOut(person.email)
    await t.app.db.sql`delete from attempt_counters`
    await Promise.all([t.app.attempts.look(), other.attempts.look()])
    wait(t, 2 * DAY)
    expect(await guess(t.app, person.email)).toBe('LOCKED_OUT')
    expect(await guess(other, person.email)).toBe('LOCKED_OUT')
    const later = await t.another({ connections: 2 })
    expect(await guess(later, person.email)).toBe('LOCKED_OUT')
    await later.close()
  })

  it('who tries four times a day locks nobody, and comes to a hundred all the same', async () => {
    const email = `${newId()}@example.test`
    for (let day = 0; day < 25; day += 1) {
      for (let i = 0; i < 4; i += 1) expect(await guess(t.app, email)).toBe('WRONG_CREDENTIALS')
      wait(t, DAY + 1000)
      await purgeAttempts(t.app)
    }
    expect(await guess(t.app, email)).toBe('LOCKED_OUT')
    const reasons = (await auditEntries(t.app, 'auth.authenticator.refused')).filter(
      ({ facts }) => facts.attemptsOn === passwordAttempts(t.app, { email, kind: 'workforce' }),
    )
    expect(reasons).toHaveLength(1)
  })
})

describe('the person', () => {
  it('is told at the hundredth failure, once, and is let in with a password that they set on a known device', async () => {
    const person = await newPerson(t.app)
    const device = await known(person)
    await guessedOut(person.email)
    expect((await noticesOf(person)).filter((word) => word === 'authenticator-refused')).toHaveLength(1)
    await rightIn(device, person)
    await device.caller.auth.verifyTotp({ code: person.code() })
    // Signing in where they are known says nothing of the guesses elsewhere.
    expect(await guess(t.app, person.email)).toBe('LOCKED_OUT')
    await device.caller.auth.changePassword({ current: PASSWORD, password: 'Seven-loud-0tters!' })
    wait(t)
    const { caller } = newBrowser(t.app)
    expect(await caller.auth.signIn({ email: person.email, password: 'Seven-loud-0tters!' })).toEqual({
      stage: 'factor',
    })
    expect((await auditEntries(t.app, 'auth.authenticator.rebound')).at(-1)).toMatchObject({
      resource: { type: 'user', id: person.id },
      facts: { authenticator: 'password' },
    })
    await t.app.attempts.look()
    expect(await guess(t.app, person.email)).toBe('WRONG_CREDENTIALS')
  })

  it('is told of a device that is new to them, and not of the first, nor of one that they come back to', async () => {
    const person = await newPerson(t.app)
    const told = async () => (await noticesOf(person)).filter((word) => word === 'new-device').length
    const first = await known(person)
    expect(await told()).toBe(0)
    await known(person)
    expect(await told()).toBe(1)
    await rightIn(first, person)
    await first.caller.auth.verifyTotp({ code: person.code() })
    expect(await told()).toBe(1)
    expect(await devicesOf(person)).toHaveLength(2)
  })
})

describe('a known device', () => {
  it('has counters of its own for each person: five failures lock there alone, and of 50 at once five are checked', async () => {
    const [one, two] = [await newPerson(t.app), await newPerson(t.app)]
    const device = await known(one)
    await rightIn(device, two)
    await device.caller.auth.verifyTotp({ code: two.code() })
    await device.caller.auth.signOut()
    wait(t)
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => guessIn(device, one.email)))
    expect(outcomes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5)
    expect(outcomes.filter((code) => code === 'LOCKED_OUT')).toHaveLength(45)
    expect(await rightIn(device, two)).toEqual({ stage: 'factor' })
    expect(await newBrowser(t.app).caller.auth.signIn({ email: one.email, password: PASSWORD })).toEqual({
      stage: 'factor',
    })
    const about = (await auditEntries(t.app)).filter(({ resource }) => resource.id === one.id)
    expect(tally(about)['failure WRONG_CREDENTIALS']).toBe(5)
  })

  it('and the unknown ones are counted apart by two processes together: of 50 at once five each are checked', async () => {
    const person = await newPerson(t.app)
    const device = await known(person)
    const elsewhere = (app: App) => guess(app, person.email)
    const here = (app: App) => {
      const { context, caller } = newBrowser(app)
      context.setDeviceToken(device.context.deviceToken ?? '')
      return refusalOf(caller.auth.signIn({ email: person.email, password: WRONG }))
    }
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const app = i % 2 === 0 ? t.app : other
        return i % 4 < 2 ? elsewhere(app) : here(app)
      }),
    )
    expect(outcomes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(10)
    expect(outcomes.filter((code) => code === 'LOCKED_OUT')).toHaveLength(40)
  })

  it('gives whoever has its cookie a counter, and nothing else', async () => {
    const person = await newPerson(t.app)
    const device = await known(person)
    const thief = newBrowser(t.app)
    thief.context.setDeviceToken(device.context.deviceToken ?? '')
    expect(await thief.caller.auth.session()).toEqual({ stage: 'none', mail: false })
    expect(await refusalOf(thief.caller.auth.verifyTotp({ code: person.code() }))).toBe('UNAUTHENTICATED')
    expect(await thief.caller.auth.signIn({ email: person.email, password: PASSWORD })).toEqual({
      stage: 'factor',
    })
    expect(await refusalOf(thief.caller.sessions.mine({}))).toBe('FACTOR_REQUIRED')
  })

  it('is not known by a token that the application has not given out, nor is that one taken', async () => {
    const person = await newPerson(t.app)
    const browser = newBrowser(t.app)
    const planted = 'A'.repeat(43)
    browser.context.setDeviceToken(planted)
    await rightIn(browser, person)
    await browser.caller.auth.verifyTotp({ code: person.code() })
    expect(browser.context.deviceToken).not.toBe(planted)
    const [row] = await devicesOf(person)
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    expect(row?.tokenHash).not.toContain(browser.context.deviceToken)
  })

  it('that is put in, or handed to another person, behind the application’s back is none', async () => {
    const [person, thief] = [await newPerson(t.app), await newPerson(t.app)]
    const own = await known(thief)
    await t.app.db.sql`
      insert into known_devices (id, user_id, token_hash, created_at, used_at, expires_at, row_version, seal)
      select ${newId()}::uuid, ${person.id}::uuid, token_hash, created_at, used_at, expires_at, row_version, seal
      from known_devices where user_id = ${thief.id}`
    for (let i = 0; i < 5; i += 1) await guess(t.app, person.email)
    expect(await guessIn(own, person.email)).toBe('LOCKED_OUT')
  })

  it('is known no more after half a year without use, and is renewed by each sign-in', async () => {
    const person = await newPerson(t.app)
    const device = await known(person)
    wait(t, 179 * DAY)
    await rightIn(device, person)
    await device.caller.auth.verifyTotp({ code: person.code() })
    wait(t, 179 * DAY)
    for (let i = 0; i < 5; i += 1) await guess(t.app, person.email)
    expect(await rightIn(device, person)).toEqual({ stage: 'factor' })
    wait(t, 2 * DAY)
    for (let i = 0; i < 5; i += 1) await guess(t.app, person.email)
    expect(await refusalOf(rightIn(device, person))).toBe('LOCKED_OUT')
  })

  it('is forgotten by a lockdown and by the closing of the account, and not by a new password', async () => {
    const [locked, closed, kept] = [await newPerson(t.app), await newPerson(t.app), await newPerson(t.app)]
    for (const person of [locked, closed]) await known(person)
    const { caller } = await fullySignedIn(t.app, kept)
    await caller.auth.changePassword({ current: PASSWORD, password: 'Seven-loud-0tters!' })
    const reason = 'for the test'
    const officer = await as(t.app, 'administrator')
    await officer.users.deactivate({ id: closed.id, reason })
    await officer.users.lockDown({ userId: locked.id, reason })
    expect((await devicesOf(locked)).map(({ endReason }) => endReason)).toEqual(['lockdown'])
    expect((await devicesOf(closed)).map(({ endReason }) => endReason)).toEqual(['closed'])
    expect((await devicesOf(kept)).map(({ endReason }) => endReason)).toEqual([null])
  })

  it('is one of twenty at most: one more, and the one not used for longest is forgotten', async () => {
    const person = await newPerson(t.app)
    for (let i = 0; i < 21; i += 1) await known(person)
    const rows = await devicesOf(person)
    const ended = rows.filter(({ endedAt }) => endedAt !== null)
    expect(rows).toHaveLength(21)
    expect(ended.map(({ endReason }) => endReason)).toEqual(['too-many'])
    const first = rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())[0]
    expect(ended[0]?.id).toBe(first?.id)
  })
})

it('a counter is the same row for a known and an unknown address, but for whose it is', async () => {
  const [person, email] = [await newPerson(t.app), `${newId()}@example.test`]
  for (const address of [person.email, email]) await guess(t.app, address)
  const rows = await t.app.db.orm.select().from(attemptCounters)
  const of = (address: string) => {
    const { subject: _, ...row } =
      rows.find(
        ({ subject }) => subject === passwordAttempts(t.app, { email: address, kind: 'workforce' }),
      ) ?? {}
    return row
  }
  expect(of(person.email)).toEqual(of(email))
  expect(of(email)).toMatchObject({ failures: 1, run: 1, lockedUntil: null })
})
