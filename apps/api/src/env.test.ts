import { describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment } from './env.ts'

describe('for how long an encounter counts as care', () => {
  const days = (told?: string) => {
    const { careRelationshipDays, careRelationshipDaysAreSet } = readEnvironment(
      undefined,
      told === undefined ? {} : { CHARTWARD_CARE_RELATIONSHIP_DAYS: told },
    )
    return [careRelationshipDays, careRelationshipDaysAreSet]
  }
  it('is a year unless told, and what is told stays as it is', () => {
    expect(days()).toEqual([365, false])
    expect(days('3650')).toEqual([3650, true])
    expect(() => days('0')).toThrow(EnvironmentError)
  })
})

describe('for how long the glass stays broken', () => {
  const minutes = (told?: string) =>
    readEnvironment(undefined, told === undefined ? {} : { CHARTWARD_BREAK_GLASS_MINUTES: told })
      .breakGlassMinutes
  it('is an hour unless told, within a floor and a ceiling', () => {
    expect(minutes()).toBe(60)
    expect([minutes('5'), minutes('240')]).toEqual([5, 240])
    for (const told of ['4', '241', '0', 'always'])
      expect(() => minutes(told)).toThrow('CHARTWARD_BREAK_GLASS_MINUTES')
  })
})

describe('the time zone of an installation', () => {
  it('is UTC unless told, and one of the IANA database', () => {
    expect(readEnvironment(undefined, {}).timeZone).toBe('UTC')
    expect(readEnvironment(undefined, { CHARTWARD_TIME_ZONE: 'America/Chicago' }).timeZone).toBe(
      'America/Chicago',
    )
    for (const zone of ['Mars/Olympus', '-05:00'])
      expect(() => readEnvironment(undefined, { CHARTWARD_TIME_ZONE: zone })).toThrow(EnvironmentError)
  })
})

describe('mail', () => {
  const smtp = (more: Record<string, string>) =>
    readEnvironment(undefined, {
      CHARTWARD_SMTP_HOST: 'smtp.hospital.example',
      CHARTWARD_SMTP_FROM: 'chartward@hospital.example',
      ...more,
    }).smtp

  it('is sent by nobody unless a server is named, and then by TLS', () => {
    expect(readEnvironment(undefined, {}).smtp).toBeUndefined()
    expect(smtp({})).toMatchObject({ tls: 'implicit', port: 465 })
    expect(smtp({ CHARTWARD_SMTP_TLS: 'starttls' })).toMatchObject({ tls: 'starttls', port: 587 })
    expect(smtp({ CHARTWARD_SMTP_TLS: 'none', CHARTWARD_SMTP_HOST: '127.0.0.1' })).toMatchObject({ port: 25 })
  })

  it.each([
    ['in the clear beyond loopback', { CHARTWARD_SMTP_TLS: 'none' }],
    ['from nobody', { CHARTWARD_SMTP_FROM: '' }],
    ['from what is no address', { CHARTWARD_SMTP_FROM: 'a@b\r\nBcc: c@d.example' }],
    ['with a login and no password', { CHARTWARD_SMTP_USER: 'chartward' }],
    [
      'with a password that is not there',
      { CHARTWARD_SMTP_USER: 'a', CHARTWARD_SMTP_PASSWORD_FILE: '/nowhere' },
    ],
    ['with networks that are none', { CHARTWARD_OUTBOUND_PRIVATE: '10.0.0.0/99' }],
    ['with a link that lasts for ever', { CHARTWARD_RESET_MINUTES: '100000' }],
    ['with a link that nobody can open in time', { CHARTWARD_RESET_MINUTES: '1' }],
  ])('is not sent %s', (_, more) => {
    expect(() => smtp(more)).toThrow(EnvironmentError)
  })
})
