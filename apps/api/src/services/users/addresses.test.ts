import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePerson } from '../../cli/person.ts'
import { refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { passwordAttempts } from '../auth/attempts.ts'
import { callerOf, newBrowser, PASSWORD } from '../auth/testing/person.ts'
import { initialiseAdministrators } from './initialise-administrators.ts'

let t: TestApp
let administrator: ReturnType<typeof callerOf>
beforeAll(async () => {
  t = await createTestApp()
  administrator = callerOf((await signInAs(t.app, 'administrator')).context)
})
afterAll(() => t.stop())

const invite = (email: string) => administrator.users.invite({ email, displayName: 'Ada Bee' })

/** One address each, and other ways to write it. */
const SPELLINGS: readonly (readonly [string, ...string[]])[] = [
  ['ann@münchen.example', 'ANN@MÜNCHEN.EXAMPLE', 'ann@xn--mnchen-3ya.example', 'ann@mu\u0308nchen.example'],
  ['名前@例え.jp', '名前@例え。jp', '名前＠例え．ＪＰ', '名前@xn--r8jz45g.jp'],
  ['josé+ward@hospital.example', 'JOSE\u0301+WARD@Hospital.Example'],
  ["sean.o'brien@hospital.example", 'Sean.O’Brien@hospital.example'],
  ['a&b@hospital.example', 'A&B@HOSPITAL.example'],
  ['иван@почта.рф', 'ИВАН@ПОЧТА.РФ', 'иван@xn--80a1acny.xn--p1ai'],
  ['Ann.UPPER@hospital.example', 'ann.upper@hospital.example'],
]

describe('an address', () => {
  it.each(SPELLINGS.map((all) => [all[0], all] as const))(
    '%s is invited once, shown as typed, and signs in in each spelling',
    async (typed, all) => {
      const { id, invitationUrl } = await invite(typed)
      for (const spelling of all)
        expect(await refusalOf(invite(spelling)), spelling).toMatch(/CONFLICT|INVALID_INPUT/)
      const token = new URL(invitationUrl ?? '').hash.slice(1)
      const { caller } = newBrowser(t.app)
      expect(await caller.auth.invitation({ token })).toMatchObject({ email: typed })
      await caller.auth.acceptInvitation({ token, password: PASSWORD })
      const { otpauthUri } = await caller.auth.startEnrolment()
      expect(decodeURIComponent(new URL(otpauthUri).pathname)).toContain(typed)
      for (const spelling of all)
        expect(
          await newBrowser(t.app).caller.auth.signIn({ email: ` ${spelling} `, password: PASSWORD }),
          spelling,
        ).toEqual({ stage: 'enrol' })
      expect((await administrator.users.get({ id })).email).toBe(typed)
      expect(new Set(all.map((email) => passwordAttempts(t.app, { email, kind: 'workforce' }))).size).toBe(1)
    },
  )

  it.each([
    ['pаypal@hospital.example', /alphabets/],
    ['ann@аррӏе.example', /alphabets/],
    ['a\u200Bnn@hospital.example', /can not be seen/],
    ['ann@hos\u202Epital.example', /can not be seen/],
    [`${'é'.repeat(33)}@hospital.example`, /64 bytes/],
    ['ann@hospital', /a domain/],
  ])('%s is refused, with a word that says why and nothing of it', async (email, why) => {
    const told = await invite(email).catch((error: unknown) => String(error))
    expect(told).toMatch(why)
    expect(told).not.toContain(email.slice(0, 8))
    expect(() => parsePerson(`Ada Byron <${email}>`)).toThrow(why)
  })

  it('of an administrator is compared in the same way by the command line', async () => {
    const one = { displayName: 'Ada Bee', email: 'ada@münchen.example' }
    const same = { displayName: 'Ada Bee', email: 'ADA@xn--mnchen-3ya.example' }
    const other = { displayName: 'Cy Dee', email: 'cy@例え.jp' }
    expect(await refusalOf(initialiseAdministrators(t.app, [one, same]))).toBe('INVALID_INPUT')
    await initialiseAdministrators(t.app, [one, other])
    const renewed = await initialiseAdministrators(t.app, [same, { ...other, email: 'CY@例え。JP' }])
    expect(renewed.map(({ email }) => email)).toEqual([one.email, other.email])
  })
})
