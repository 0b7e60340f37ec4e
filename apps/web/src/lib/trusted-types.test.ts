import { describe, expect, it } from 'vitest'
import { plainTextOnly } from './trusted-types.ts'

describe('Trusted Types', () => {
  it('style text passes as it is', () => expect(plainTextOnly(':root{--a:1px}')).toBe(':root{--a:1px}'))

  it('anything that could be markup is refused, and not repeated in the message', () => {
    expect(() => plainTextOnly('<img src=x onerror=alert(1)>')).toThrow(TypeError)
    expect(() => plainTextOnly('</style><script>')).toThrow(
      /^Markup was refused: only plain text may be set as HTML\.$/,
    )
  })
})
