import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { newBrowser, PASSWORD } from '../auth/test-kit.ts'
import { totpCode } from '../auth/totp.ts'
import { initialiseAdministrators } from './initialise-administrators.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const PEOPLE = [
  { email: 'ada@example.test', displayName: 'Ada Bee' },
  { email: 'grace@example.test', displayName: 'Grace Cee' },
] as const

test('an installation gets its first two administrators once, and they can sign in', async () => {
  const [ada] = PEOPLE
  const twice = initialiseAdministrators(t.app, [ada, { ...ada, email: ' ADA@example.test' }])
  expect(await refusalOf(twice)).toBe('INVALID_INPUT')

  const outcomes = await Promise.allSettled([1, 2, 3].map(() => initialiseAdministrators(t.app, PEOPLE)))
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
  expect(made.map(({ email }) => email)).toEqual(PEOPLE.map(({ email }) => email))
  expect(await refusalOf(initialiseAdministrators(t.app, PEOPLE))).toBe('CONFLICT')

  const actions = (await auditEntries(t.app)).map(({ action, actor }) => [action, actor])
  const by = { kind: 'system', name: 'init' }
  expect(actions).toEqual([
    ['user.invited', by],
    ['role.assignment.granted', by],
    ['user.invited', by],
    ['role.assignment.granted', by],
    ['installation.initialised', by],
  ])

  for (const { url } of made) {
    const { caller } = newBrowser(t.app)
    expect(url).toMatch(/^http:\/\/localhost:4380\/invitation#[A-Za-z0-9_-]{43}$/)
    await caller.auth.acceptInvitation({ token: new URL(url).hash.slice(1), password: PASSWORD })
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, t.now) })
    expect(await caller.auth.session()).toMatchObject({ stage: 'full', roles: [{ role: 'administrator' }] })
    expect((await caller.users.list({})).items).toHaveLength(2)
  }
})
