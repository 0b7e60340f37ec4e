import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, newAddress, requestBy, type TestApp } from '../../testing/test-app.ts'
import { countSecret, purgeSecretRates } from './secret-rate.ts'
import { callerOf } from './testing/person.ts'

let t: TestApp
let other: App & { close(): Promise<void> }
beforeAll(async () => {
  t = await createTestApp()
  // A second process of the same installation.
  other = await t.another({ connections: 4 })
})
beforeEach(() => {
  t.now = new Date(t.now.getTime() + 60_000)
})
afterAll(async () => {
  await other?.close()
  await t?.stop()
})

const tries = async (count: number, by: () => ReturnType<typeof requestBy>): Promise<string[]> => {
  const outcomes: string[] = []
  for (let i = 0; i < count; i++)
    outcomes.push(
      await countSecret(by()).then(
        () => 'tried',
        (error) => error.code,
      ),
    )
  return outcomes
}
const refusedOf = (outcomes: readonly string[]): number =>
  outcomes.filter((code) => code === 'TOO_MANY_REQUESTS').length

describe('secrets tried from one address', () => {
  it('are 120 a minute in all processes together', async () => {
    const ip = newAddress()
    const here = await tries(70, () => requestBy(t.app, null, { ip }))
    const there = await tries(70, () => requestBy(other, null, { ip }))
    expect([refusedOf(here), refusedOf(there)]).toEqual([0, 20])
    t.now = new Date(t.now.getTime() + 60_000)
    expect(refusedOf(await tries(1, () => requestBy(t.app, null, { ip })))).toBe(0)
  })

  it('leave a session behind that address its own 60', async () => {
    const { signedIn } = await signInAs(t.app, 'nurse')
    const ip = newAddress()
    await tries(121, () => requestBy(t.app, null, { ip }))
    expect(refusedOf(await tries(60, () => requestBy(t.app, signedIn, { ip })))).toBe(0)
    expect(refusedOf(await tries(1, () => requestBy(other, signedIn, { ip })))).toBe(1)
  })

  it.each([
    ['signIn', { email: `${newId()}@example.test`, password: 'x' }],
    ['invitation', { token: 'x' }],
    ['acceptInvitation', { token: 'x', password: 'x' }],
    ['verifyTotp', { code: '123456' }],
    ['useRecoveryCode', { code: 'AAAA-BBBB' }],
    ['stepUp', { code: '123456' }],
    ['finishEnrolment', { code: '123456' }],
  ] as const)('are counted by %s', async (step, input) => {
    const ip = newAddress()
    await tries(120, () => requestBy(t.app, null, { ip }))
    const { auth } = callerOf(requestBy(t.app, null, { ip }))
    const attempt = auth[step] as (given: unknown) => Promise<unknown>
    expect(await refusalOf(attempt(input))).toBe('TOO_MANY_REQUESTS')
  })

  it('leave nothing behind that tells whose they were, and nothing at all after an hour', async () => {
    const ip = newAddress()
    await tries(1, () => requestBy(t.app, null, { ip }))
    expect(JSON.stringify(await t.app.db.sql`select * from secret_rates`)).not.toContain(ip)
    t.now = new Date(t.now.getTime() + 61 * 60_000)
    await purgeSecretRates(t.app)
    expect(await t.app.db.sql`select from secret_rates`).toHaveLength(0)
  })
})
