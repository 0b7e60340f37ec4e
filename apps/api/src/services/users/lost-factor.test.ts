import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDevice } from '../../sessions/device.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { TestAuthenticator } from '../auth/passkeys/testing/authenticator.ts'
import {
  afterPassword,
  fullySignedIn,
  looking,
  newBrowser,
  newPerson,
  PASSWORD,
  type Person,
  wait,
} from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'

let t: TestApp
let first: Person
let second: Person

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
  first = await newPerson(t.app, 'administrator')
  second = await newPerson(t.app, 'administrator')
})
afterAll(() => t.stop())

const HOUR = 60 * 60_000
const { knownDevices } = schema
const reason = 'Seen in person, with passport'

const signedIn = async (person: Person) => {
  wait(t)
  return (await fullySignedIn(t.app, person)).caller
}

/** What has become of a call: done, or the code that it was refused by. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => refusalOf(Promise.reject(error)),
  )

/** What two administrators have agreed on. */
const agreed = async (userId: Person['id']) => {
  const { approvalId } = await (await signedIn(first)).users.reportLostFactor({ userId, reason })
  await looking((await signedIn(second)).approvals).approve({ id: approvalId, reason })
}

const linkFor = async (userId: Person['id']): Promise<string> => {
  const { url } = await (await signedIn(first)).users.factorResetLink({ userId })
  expect(new URL(url).pathname).toBe('/lost-factor')
  return new URL(url).hash.slice(1)
}

const accepted = async (token: string) => {
  const browser = newBrowser(t.app)
  await browser.caller.auth.acceptFactorReset({ token, password: PASSWORD })
  return browser
}

describe('a lost factor', () => {
  it('is void once two people have agreed: sessions have ended, and neither code nor password opens the account', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    const { recoveryCodes } = await caller.factors.renewRecoveryCodes()
    await agreed(person.id)
    expect((await caller.auth.session()).stage).toBe('none')
    const half = await afterPassword(t.app, person)
    expect((await half.caller.auth.session()).stage).toBe('factor')
    wait(t)
    expect(await refusalOf(half.caller.auth.verifyTotp({ code: person.code() }))).toBe('WRONG_CODE')
    expect(await refusalOf(half.caller.auth.useRecoveryCode({ code: recoveryCodes[0] ?? '' }))).toBe(
      'WRONG_CODE',
    )
    expect(await refusalOf(half.caller.auth.startEnrolment())).toBe('FACTOR_REQUIRED')
  })

  it('is replaced by a link and the password that its owner has, who is told', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const token = await linkFor(person.id)
    expect(await newBrowser(t.app).caller.auth.factorReset({ token })).toMatchObject({
      displayName: 'Ada Bee',
    })
    const { caller } = await accepted(token)
    const { secret } = await caller.auth.startEnrolment()
    const { recoveryCodes } = await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    expect(recoveryCodes).toHaveLength(10)
    expect((await caller.auth.session()).stage).toBe('full')
    const told = (await caller.notices.mine()).items.map(({ word }) => word)
    expect(told).toEqual(expect.arrayContaining(['lost-factor-agreed', 'factor-added']))
    expect((await caller.factors.mine()).reset).toBeNull()
  })

  it('is replaced by a passkey as well', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const { caller } = await accepted(await linkFor(person.id))
    const key = new TestAuthenticator()
    await caller.auth.finishPasskeyEnrolment(key.make(await caller.auth.startPasskeyEnrolment()))
    const { authenticators, passkeys } = await caller.factors.mine()
    expect([authenticators.length, passkeys.length]).toEqual([0, 1])
  })

  it('is not for one to decide, nor for whom it is about', async () => {
    const person = await newPerson(t.app, 'administrator')
    const caller = await signedIn(first)
    const { approvalId } = await caller.users.reportLostFactor({ userId: person.id, reason })
    expect(await refusalOf(looking(caller.approvals).approve({ id: approvalId, reason }))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
    const theirs = looking((await signedIn(person)).approvals)
    expect(await refusalOf(theirs.approve({ id: approvalId, reason }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(caller.users.reportLostFactor({ userId: first.id, reason }))).toBe('FORBIDDEN')
    expect(await refusalOf(caller.users.factorResetLink({ userId: person.id }))).toBe('CONFLICT')
  })

  it('is agreed on only by whoever says how they have made sure who it is', async () => {
    const person = await newPerson(t.app)
    const { approvalId } = await (await signedIn(first)).users.reportLostFactor({ userId: person.id, reason })
    const decider = looking((await signedIn(second)).approvals)
    const refusal = decider.approve({ id: approvalId })
    await expect(refusal).rejects.toMatchObject({ cause: { code: 'INVALID_INPUT', field: 'reason' } })
    await decider.approve({ id: approvalId, reason })
  })

  it('is none of somebody who has not enrolled', async () => {
    const caller = await signedIn(first)
    const { id } = await caller.users.invite({ email: `new.${first.email}`, displayName: 'New' })
    expect(await refusalOf(caller.users.reportLostFactor({ userId: id as Person['id'], reason }))).toBe(
      'CONFLICT',
    )
  })
})

describe('the link', () => {
  it('opens nothing without the password, whose guesses count as ever', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const token = await linkFor(person.id)
    const { caller } = newBrowser(t.app)
    for (let n = 0; n < 5; n += 1) {
      const guess = caller.auth.acceptFactorReset({ token, password: 'not-the-Password-9' })
      expect(await refusalOf(guess)).toBe('WRONG_CREDENTIALS')
    }
    expect(await refusalOf(caller.auth.acceptFactorReset({ token, password: PASSWORD }))).toBe('LOCKED_OUT')
    expect((await caller.auth.session()).stage).toBe('none')
  })

  it('is kept from nobody by guesses of strangers, where they have signed in before', async () => {
    const person = await newPerson(t.app)
    const { caller } = await fullySignedIn(t.app, person)
    await agreed(person.id)
    const token = await linkFor(person.id)
    const stranger = newBrowser(t.app).caller
    for (let n = 0; n < 5; n += 1)
      await refusalOf(stranger.auth.acceptFactorReset({ token, password: 'not-the-Password-9' }))
    const right = { token, password: PASSWORD }
    expect(await refusalOf(stranger.auth.acceptFactorReset(right))).toBe('LOCKED_OUT')
    await caller.auth.acceptFactorReset(right)
  })

  it('has every device be known no more once another factor is there, but the one that it was set up on', async () => {
    const person = await newPerson(t.app)
    await fullySignedIn(t.app, person)
    await agreed(person.id)
    const { context, caller } = await accepted(await linkFor(person.id))
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    const devices = await t.app.db.orm
      .select({ id: knownDevices.id, endReason: knownDevices.endReason })
      .from(knownDevices)
      .where(eq(knownDevices.userId, person.id))
      .orderBy(knownDevices.id)
    expect(devices.map(({ endReason }) => endReason)).toEqual(['factor-lost', null])
    const known = await findDevice(t.app.db, t.app, context.deviceToken, { userId: person.id })
    expect(known?.id).toBe(devices[1]?.id)
  })

  it('gives no new guesses to whoever empties the counters: the log tells of them', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const token = await linkFor(person.id)
    const { caller } = newBrowser(t.app)
    const guess = () => refusalOf(caller.auth.acceptFactorReset({ token, password: 'not-the-Password-9' }))
    for (let n = 0; n < 4; n += 1) await guess()
    await t.database.open('chartward_owner', 1).sql`delete from attempt_counters`
    await t.app.attempts.look()
    expect(await guess()).toBe('WRONG_CREDENTIALS')
    expect(await refusalOf(caller.auth.acceptFactorReset({ token, password: PASSWORD }))).toBe('LOCKED_OUT')
  })

  it('counts once, also for two who open it at the same moment', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const token = await linkFor(person.id)
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        outcomeOf(newBrowser(t.app).caller.auth.acceptFactorReset({ token, password: PASSWORD })),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  })

  it('that is made anew takes the place of the one before, and of whoever came in by it', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const old = await linkFor(person.id)
    const { caller } = await accepted(old)
    const token = await linkFor(person.id)
    expect(await refusalOf(caller.auth.startEnrolment())).toBe('CONFLICT')
    expect(await refusalOf(newBrowser(t.app).caller.auth.factorReset({ token: old }))).toBe('RESET_INVALID')
    await accepted(token)
  })

  it('lets no other session enrol, though it has the password', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const thief = await afterPassword(t.app, person)
    await accepted(await linkFor(person.id))
    expect(await refusalOf(thief.caller.auth.startEnrolment())).toBe('UNAUTHENTICATED')
    const again = await afterPassword(t.app, person)
    expect(await refusalOf(again.caller.auth.startEnrolment())).toBe('FACTOR_REQUIRED')
  })

  it('ends after three days', async () => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const token = await linkFor(person.id)
    wait(t, 72 * HOUR)
    expect(await refusalOf(newBrowser(t.app).caller.auth.factorReset({ token }))).toBe('RESET_INVALID')
  })

  it.each([
    [
      'locked down',
      async (id: Person['id']) => (await signedIn(first)).users.lockDown({ userId: id, reason }),
    ],
    ['deactivated', async (id: Person['id']) => (await signedIn(first)).users.deactivate({ id, reason })],
  ] as const)('ends where the account is %s', async (_, close) => {
    const person = await newPerson(t.app)
    await agreed(person.id)
    const token = await linkFor(person.id)
    await close(person.id)
    expect(await refusalOf(newBrowser(t.app).caller.auth.factorReset({ token }))).toBe('RESET_INVALID')
    const [row] = await t.app.db.orm
      .select()
      .from(schema.factorResets)
      .where(eq(schema.factorResets.userId, person.id))
    expect(row?.endedAt).not.toBeNull()
  })
})

describe('of a privileged person', () => {
  it('the old factor counts while they wait, no link is made, and they can call it off with it', async () => {
    const person = await newPerson(t.app, 'privacy-officer')
    await agreed(person.id)
    expect(await refusalOf((await signedIn(first)).users.factorResetLink({ userId: person.id }))).toBe(
      'CONFLICT',
    )
    const caller = await signedIn(person)
    const { reset } = await caller.factors.mine()
    expect(Date.parse(reset?.opensAt ?? '') - Date.parse(reset?.createdAt ?? '')).toBe(24 * HOUR)
    expect((await caller.notices.mine()).items.map(({ word }) => word)).toContain('lost-factor-agreed')
    await caller.factors.callOffReset({ id: reset?.id ?? '' })
    expect(await refusalOf(caller.factors.callOffReset({ id: reset?.id ?? '' }))).toBe('CONFLICT')
    wait(t, 24 * HOUR)
    expect(await refusalOf((await signedIn(first)).users.factorResetLink({ userId: person.id }))).toBe(
      'CONFLICT',
    )
  })

  it('they wait as long where somebody has written otherwise into the database', async () => {
    const person = await newPerson(t.app, 'privacy-officer')
    await agreed(person.id)
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`update factor_resets set opens_at = created_at where user_id = ${person.id}`
    expect(await refusalOf((await signedIn(first)).users.factorResetLink({ userId: person.id }))).toBe(
      'CONFLICT',
    )
  })

  it('it is void in the moment in which the new one is there, and not before', async () => {
    const person = await newPerson(t.app, 'privacy-officer')
    await agreed(person.id)
    wait(t, 24 * HOUR)
    const { caller } = await accepted(await linkFor(person.id))
    const before = await t.app.db.orm
      .select()
      .from(schema.totpFactors)
      .where(eq(schema.totpFactors.userId, person.id))
    expect(before.map(({ disabled }) => disabled)).toEqual([false])
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    const half = await afterPassword(t.app, person)
    expect(await refusalOf(half.caller.auth.verifyTotp({ code: person.code() }))).toBe('WRONG_CODE')
  })

  it('the last two administrators stay two: their factors are never both away', async () => {
    const officer = await newPerson(t.app, 'security-officer')
    const { approvalId } = await (await signedIn(first)).users.reportLostFactor({ userId: second.id, reason })
    await looking((await signedIn(officer)).approvals).approve({ id: approvalId, reason })
    await signedIn(second)
  })
})

it('each step has its entry, and none names a secret', async () => {
  const person = await newPerson(t.app)
  await agreed(person.id)
  const token = await linkFor(person.id)
  await accepted(token)
  const entries = (await auditEntries(t.app)).filter(({ resource }) => resource.id === person.id)
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'user.lost-factor.requested',
      'user.lost-factor.agreed',
      'user.lost-factor.link-made',
      'auth.factor-reset.accepted',
    ]),
  )
  expect(JSON.stringify(entries)).not.toContain(token)
})
