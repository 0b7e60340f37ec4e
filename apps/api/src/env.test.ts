import { describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment } from './env.ts'

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
