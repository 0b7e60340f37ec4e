import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { failureOf, isTransient, needsSignIn } from './errors.ts'

const answered = (data: object) =>
  TRPCClientError.from({
    error: { code: -32_000, message: 'No care relationship with this patient is in force.', data },
  })

describe('failures', () => {
  it('a refusal keeps its code, sentence and request id', () => {
    expect(failureOf(answered({ chartward: 'NO_CARE_RELATIONSHIP', requestId: 'r-1' }))).toEqual({
      code: 'NO_CARE_RELATIONSHIP',
      message: 'No care relationship with this patient is in force.',
      requestId: 'r-1',
      field: null,
    })
  })

  it('a refusal that is about a field names it', () => {
    expect(failureOf(answered({ chartward: 'CONFLICT', requestId: 'r-1', field: 'email' })).field).toBe(
      'email',
    )
  })

  it('an answer without a code of ours is a server out of reach, whatever its message says', () => {
    expect(failureOf(TRPCClientError.from(new TypeError('Failed to fetch')))).toMatchObject({
      code: 'UNREACHABLE',
    })
  })

  it('an error of the console itself is not repeated to the person: it may hold what the page held', () => {
    const failure = failureOf(new Error('undefined is not Ms Jane Doe'))
    expect(failure.code).toBe('CONSOLE')
    expect(failure.message).not.toContain('Jane')
  })

  it('only missing sessions lead to sign-in, and only outages are tried again', () => {
    expect(needsSignIn('UNAUTHENTICATED')).toBe(true)
    expect(needsSignIn('WRONG_CODE')).toBe(false)
    expect(isTransient('UNAVAILABLE')).toBe(true)
    expect(isTransient('FORBIDDEN')).toBe(false)
  })
})
