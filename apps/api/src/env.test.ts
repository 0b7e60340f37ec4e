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
