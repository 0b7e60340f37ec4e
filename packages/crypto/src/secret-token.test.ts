import { describe, expect, it } from 'vitest'
import { constantTimeEqual, hashToken, newToken } from './secret-token.ts'
import { codeOf } from './testing/code-of.ts'

describe('a secret token', () => {
  it('has 256 random bits unless told, never under 128, and is safe in a URL', () => {
    expect(newToken()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(newToken(16)).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(new Set(Array.from({ length: 1000 }, () => newToken())).size).toBe(1000)
    for (const bytes of [0, 15, 16.5, -1]) expect(codeOf(() => newToken(bytes))).toBe('invalid-argument')
  })

  it('is stored as its SHA-256 (FIPS 180-4, "abc")', () => {
    expect(hashToken('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('is compared as bytes, and no shorter value passes for it', () => {
    const token = newToken()
    expect(constantTimeEqual(token, Buffer.from(token))).toBe(true)
    expect(constantTimeEqual(hashToken(token), hashToken(token))).toBe(true)
    expect(constantTimeEqual(token, token.slice(1))).toBe(false)
    expect(constantTimeEqual(token, '')).toBe(false)
    expect(constantTimeEqual(hashToken(token), hashToken(newToken()))).toBe(false)
  })
})
