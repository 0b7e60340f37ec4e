import { describe, expect, it } from 'vitest'
import { qrPath } from '../components/qr-code.tsx'
import { passwordRules } from '../lib/password-rules.ts'
import { takeLanding } from './landing.ts'

const TOKEN = 'm3Qw9f0aVt2kS1pXy7ZbC4dE6gH8jK0lN2oP5rT7uW9'

describe('signing in', () => {
  const landed = (pathname: string, hash: string) => {
    const urls: (string | URL | null | undefined)[] = []
    const history = {
      replaceState: (_: unknown, __: string, url?: string | URL | null) => void urls.push(url),
    }
    return { ...takeLanding({ hash, pathname }, history), urls }
  }

  it.each(['invitation', 'reset', 'address', 'lost-factor'])(
    'the token of a link (%s) is read once and taken out of the address bar',
    (linked) => {
      const path = `/${linked}`
      const token = TOKEN
      expect(landed(path, `#${TOKEN}`)).toEqual({ door: 'workforce', linked, token, urls: [path] })
    },
  )

  it.each([
    ['i', 'invitation'],
    ['r', 'reset'],
    ['a', 'address'],
  ])('a link of mail to a patient (%s) leads on by its letter, and its token goes too', (letter, linked) => {
    const there = landed('/sign-in', `#${letter}.${TOKEN}`)
    expect(there).toEqual({ door: 'patient', linked, token: TOKEN, urls: ['/sign-in#own'] })
  })

  it('what is no token is not sent anywhere', () => {
    for (const hash of ['', '#', '#short', `#${TOKEN}/..`, `#i.${TOKEN}`])
      expect(landed('/invitation', hash).token).toBeNull()
    for (const hash of ['#i.', '#r.short', `#a.${TOKEN}/..`])
      expect(landed('/sign-in', hash)).toMatchObject({ door: 'patient', token: null, urls: ['/sign-in#own'] })
    for (const hash of ['', `#${TOKEN}`, `#x.${TOKEN}`, '#constructor.abc'])
      expect(landed('/sign-in', hash)).toEqual({ door: 'workforce', linked: null, token: null, urls: [] })
  })

  it('the fragment says at which door somebody has come', () => {
    expect(landed('/sign-in', '#own')).toEqual({ door: 'patient', linked: null, token: null, urls: [] })
  })

  const met = (password: string, asked = { shortest: 12, kinds: 3 }) =>
    passwordRules(password, asked).map((rule) => rule.met)

  it('the password rules count characters as people do, and three of four kinds', () => {
    expect(met('abcdefghijkl')).toEqual([true, false])
    expect(met('Abcdefghijk1')).toEqual([true, true])
    expect(met('Abc1')).toEqual([false, true])
    expect(met('🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑')).toEqual([false, false])
    expect(met('e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301')).toEqual([false, false])
  })

  it('the password rules are those that the installation has', () => {
    expect(met('abcdefghijklmno', { shortest: 15, kinds: 0 })).toEqual([true])
    expect(met('abcdefghijklmn', { shortest: 15, kinds: 0 })).toEqual([false])
  })

  it('a QR code is drawn module by module', () => {
    expect(
      qrPath([
        [true, false],
        [false, true],
      ]),
    ).toBe('M0 0h1v1h-1zM1 1h1v1h-1z')
  })
})
