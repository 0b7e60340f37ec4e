import { afterAll, beforeAll, expect, test as it } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { newBrowser, PASSWORD } from '../auth/testing/person.ts'
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

it('an installation gets its first two administrators once, and they can sign in', async () => {
  const [ada] = PEOPLE
  const twice = initialiseAdministrators(t.app, [ada, { ...ada, email: ' ADA@example.test' }])
  expect(await refusalOf(twice)).toBe('INVALID_INPUT')

  const made = await initialiseAdministrators(t.app, PEOPLE)
  expect(made.map(({ email }) => email)).toEqual(PEOPLE.map(({ email }) => email))
  const others = [
    { email: 'eve@example.test', displayName: 'Eve Dee' },
    { email: 'mallory@example.test', displayName: 'Mallory Eff' },
  ] as const
  expect(await refusalOf(initialiseAdministrators(t.app, others))).toBe('CONFLICT')

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

it('run again, it makes new links for those who have not enrolled, which void the earlier ones, and no other account', async () => {
  const own = await createTestApp()
  const [ada, grace] = PEOPLE
  const open = (url: string) =>
    newBrowser(own.app).caller.auth.invitation({ token: new URL(url).hash.slice(1) })
  try {
    const all = await Promise.all([1, 2, 3].map(() => initialiseAdministrators(own.app, PEOPLE)))
    const links = all.flat()
    expect(links).toHaveLength(6)
    const opened = await Promise.allSettled(links.map(({ url }) => open(url)))
    const standing = links.filter((_, i) => opened[i]?.status === 'fulfilled')
    expect(standing.map(({ email }) => email)).toEqual([ada.email, grace.email])
    expect(await own.app.db.sql`select from users`).toHaveLength(2)
    expect(await own.app.db.sql`select from role_assignments`).toHaveLength(2)

    const { caller } = newBrowser(own.app)
    const token = new URL(standing[0]?.url ?? '').hash.slice(1)
    await caller.auth.acceptInvitation({ token, password: PASSWORD })
    const { secret } = await caller.auth.startEnrolment()
    await caller.auth.finishEnrolment({ code: totpCode(secret, own.now) })
    const again = await initialiseAdministrators(own.app, PEOPLE)
    expect(again.map(({ email }) => email)).toEqual([grace.email])
    const third = { email: 'eve@example.test', displayName: 'Eve Dee' }
    expect(await refusalOf(initialiseAdministrators(own.app, [ada, third]))).toBe('CONFLICT')
  } finally {
    await own.stop()
  }
})
