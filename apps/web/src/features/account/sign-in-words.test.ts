import { ACTIONS } from '@chartward/audit'
import { describe, expect, it } from 'vitest'
import { outcomeOf, stepOf } from './sign-in-words.ts'

const SIGNING_IN = Object.entries(ACTIONS)
  .filter(([action, { category }]) => category === 'sign-in' || action.endsWith('.ended'))
  .map(([action]) => action)
  .filter((action) => action.startsWith('auth.') || action === 'sessions.ended')

describe('a step of signing in', () => {
  it.each(SIGNING_IN)('%s has words of its own', (action) => {
    expect(stepOf({ action })).not.toBe(action)
  })
})

describe('how it came out', () => {
  it('is said with the reason where one is known', () => {
    const wrong = {
      action: 'auth.sign-in.password',
      outcome: 'failure',
      reason: 'WRONG_CREDENTIALS',
    } as const
    expect(outcomeOf(wrong)).toEqual({ words: 'Failed: the password was wrong', tone: 'warn' })
    expect(outcomeOf({ ...wrong, reason: 'CONFLICT' })).toEqual({ words: 'Failed', tone: 'warn' })
  })

  it('of a lock is never good news, though it is an entry of success', () => {
    expect(outcomeOf({ action: 'auth.lockout', outcome: 'success', reason: 'LOCKED_OUT' }).tone).toBe('warn')
  })
})
