import { describe, expect, it } from 'vitest'
import { qrPath } from '../components/qr-code.tsx'
import { passwordRules } from '../lib/password-rules.ts'
import { takeInvitationToken } from './invitation-token.ts'

const TOKEN = 'm3Qw9f0aVt2kS1pXy7ZbC4dE6gH8jK0lN2oP5rT7uW9'

describe('signing in', () => {
  it('an invitation token is read once and taken out of the address bar', () => {
    const urls: (string | URL | null | undefined)[] = []
    const history = {
      replaceState: (_: unknown, __: string, url?: string | URL | null) => void urls.push(url),
    }
    expect(takeInvitationToken({ hash: `#${TOKEN}`, pathname: '/invitation' }, history)).toBe(TOKEN)
    expect(urls).toEqual(['/invitation'])
  })

  it('what is no token is not sent anywhere', () => {
    const history = { replaceState: () => undefined }
    for (const hash of ['', '#', '#short', `#${TOKEN}/..`]) {
      expect(takeInvitationToken({ hash, pathname: '/invitation' }, history)).toBeNull()
    }
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
