import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test as it } from 'vitest'
import { auditEntries, refusalOf, tally } from '../../testing/entries.ts'
import { changeVouched, withoutEntry } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { LOCK_MS } from './attempts.ts'
import { spendTotpCode } from './factors.ts'
import { afterPassword, callerOf, fullySignedIn, newPerson, type Person, wait } from './testing/person.ts'
import { totpCode } from './totp.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

/** A code that fits none of the steps around now. */
const wrongCode = (person: Person): string => {
  const right = [-30_000, 0, 30_000].map((milliseconds) => {
    wait(t, milliseconds)
    const code = person.code()
    wait(t, -milliseconds)
    return code
  })
  return ['111111', '222222', '333333', '444444'].find((code) => !right.includes(code)) ?? '555555'
}
const attemptsOn = async (person: Person) =>
  (await auditEntries(t.app)).filter(
    ({ action, facts, resource }) =>
      resource.id === person.id && 'attemptsOn' in facts && action !== 'auth.sign-in.password',
  )

it('the codes are those of RFC 6238', () => {
  // Appendix B, SHA-1, the last six of the eight digits; the secret is the ASCII text 12345678901234567890.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const) {
    expect(totpCode(secret, new Date(seconds * 1000))).toBe(code)
  }
})

describe('a code', () => {
  it('that is wrong is refused, audited, and leaves the session where it was', async () => {
    const person = await newPerson(t.app)
    const { context, caller } = await afterPassword(t.app, person)
    const token = context.token
    expect(await refusalOf(caller.auth.verifyTotp({ code: wrongCode(person) }))).toBe('WRONG_CODE')
    expect(context.token).toBe(token)
    expect((await caller.auth.session()).stage).toBe('factor')
    expect(await attemptsOn(person)).toMatchObject([
      { action: 'auth.sign-in.totp', outcome: 'failure', reason: 'WRONG_CODE' },
    ])
  })

  it('counts once: given again it is refused as used, for a step-up too', async () => {
    const person = await newPerson(t.app)
    const code = person.code()
    const first = await afterPassword(t.app, person)
    await first.caller.auth.verifyTotp({ code })
    expect(await refusalOf(first.caller.auth.stepUp({ code }))).toBe('CODE_ALREADY_USED')
    const second = await afterPassword(t.app, person)
    expect(await refusalOf(second.caller.auth.verifyTotp({ code }))).toBe('CODE_ALREADY_USED')
    expect((await first.caller.auth.session()).stage).toBe('full')
    expect(tally(await attemptsOn(person))).toEqual({ success: 1, 'failure CODE_ALREADY_USED': 2 })
  })

  it('given twice at the same moment is taken once', async () => {
    const person = await newPerson(t.app)
    const browsers = [await afterPassword(t.app, person), await afterPassword(t.app, person)]
    const code = person.code()
    const outcomes = await Promise.allSettled(browsers.map(({ caller }) => caller.auth.verifyTotp({ code })))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const stages = await Promise.all(browsers.map(async ({ caller }) => (await caller.auth.session()).stage))
    expect(stages.sort()).toEqual(['full', 'none'])
  })

  it('is taken once by the row itself, with no lock on the account to help', async () => {
    const person = await newPerson(t.app)
    const code = person.code()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => withoutEntry(t.app, (tx) => spendTotpCode(tx, t.app, person.id, code))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('of the step before or after is taken, and none further away', async () => {
    const person = await newPerson(t.app)
    for (const [drift, taken] of [
      [-60_000, false],
      [-30_000, true],
      [30_000, true],
      [60_000, false],
    ] as const) {
      wait(t, 5 * 60_000)
      const { caller } = await afterPassword(t.app, person)
      wait(t, drift)
      const code = person.code()
      wait(t, -drift)
      const call = caller.auth.verifyTotp({ code })
      if (taken) expect(await call).toMatchObject({ stage: 'full' })
      else expect(await refusalOf(call)).toBe('WRONG_CODE')
    }
  })

  it('that is older than one that was used is refused, though its time has not passed', async () => {
    const person = await newPerson(t.app)
    const older = person.code()
    wait(t)
    const { caller } = await fullySignedIn(t.app, person)
    expect(await refusalOf(caller.auth.stepUp({ code: older }))).toBe('CODE_ALREADY_USED')
  })

  it('of 50 guessed at the same moment, 5 are checked; then the factor is locked, and the password is not', async () => {
    const person = await newPerson(t.app)
    const { caller } = await afterPassword(t.app, person)
    const code = wrongCode(person)
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => refusalOf(caller.auth.verifyTotp({ code }))),
    )
    expect(outcomes.filter((outcome) => outcome === 'WRONG_CODE')).toHaveLength(5)
    expect(await refusalOf(caller.auth.verifyTotp({ code: person.code() }))).toBe('LOCKED_OUT')
    expect(tally(await attemptsOn(person))).toEqual({
      'failure WRONG_CODE': 5,
      'refused LOCKED_OUT': 46,
      success: 1,
    })
    wait(t, LOCK_MS)
    const again = await afterPassword(t.app, person)
    expect(await again.caller.auth.verifyTotp({ code: person.code() })).toMatchObject({ stage: 'full' })
  })

  it('of another person is wrong', async () => {
    const [person, other] = [await newPerson(t.app), await newPerson(t.app)]
    const { caller } = await afterPassword(t.app, person)
    expect(await refusalOf(caller.auth.verifyTotp({ code: other.code() }))).toBe('WRONG_CODE')
  })
})

it('a factor whose row is moved to another account does not open that account', async () => {
  const [thief, victim] = [await newPerson(t.app), await newPerson(t.app)]
  const owner = t.database.open('chartward_owner', 1)
  await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, victim.id), { disabled: true })
  const { caller } = await afterPassword(t.app, victim)
  await owner.sql`update totp_factors set user_id = ${victim.id} where user_id = ${thief.id}`
  expect(await refusalOf(caller.auth.verifyTotp({ code: thief.code() }))).toBe('INTEGRITY')
  expect(await refusalOf(afterPassword(t.app, victim))).toBe('WRONG_CREDENTIALS')
})

it('a factor that was disabled does not make way for the enrolment of another', async () => {
  const person = await newPerson(t.app)
  await changeVouched(t.app, 'factor', eq(schema.totpFactors.userId, person.id), { disabled: true })
  const { caller } = await afterPassword(t.app, person)
  expect((await caller.auth.session()).stage).toBe('factor')
  expect(await refusalOf(caller.auth.startEnrolment())).toBe('FACTOR_REQUIRED')
  expect(await refusalOf(caller.auth.verifyTotp({ code: person.code() }))).toBe('WRONG_CODE')
})

it('the secret stands sealed in the database', async () => {
  const person = await newPerson(t.app)
  const [row] = await t.app.db.orm
    .select()
    .from(schema.totpFactors)
    .where(eq(schema.totpFactors.userId, person.id))
  // Envelope overhead of 46 bytes, owner 16, secret 20.
  expect(row?.secret).toHaveLength(82)
})

describe('step-up', () => {
  it('gives a session that is full a fresh factor and a new token', async () => {
    const person = await newPerson(t.app, 'administrator')
    const { context, caller } = await fullySignedIn(t.app, person)
    const invite = (n: number) => caller.users.invite({ email: `${n}.${person.email}`, displayName: 'New' })
    await invite(1)
    wait(t, 5 * 60_000 + 1000)
    expect(await refusalOf(invite(2))).toBe('STEP_UP_REQUIRED')
    const token = context.token
    const { factorAt } = await caller.auth.stepUp({ code: person.code() })
    expect(factorAt).toBe(t.now.toISOString())
    expect(context.token).not.toBe(token)
    await invite(3)
    const steps = (await attemptsOn(person)).map(({ action, outcome }) => `${action} ${outcome}`)
    expect(steps).toEqual(['auth.sign-in.totp success', 'auth.step-up success'])
  })

  it('with a wrong code leaves everything as it was', async () => {
    const person = await newPerson(t.app)
    const { context, caller } = await fullySignedIn(t.app, person)
    const token = context.token
    wait(t, 60_000)
    expect(await refusalOf(caller.auth.stepUp({ code: wrongCode(person) }))).toBe('WRONG_CODE')
    expect(context.token).toBe(token)
    expect((await caller.auth.session()).stage).toBe('full')
  })

  it('is refused where there is no factor to step up with', async () => {
    const { context } = await signInAs(t.app, 'nurse')
    expect(await refusalOf(callerOf(context).auth.stepUp({ code: '123456' }))).toBe('WRONG_CODE')
  })
})
