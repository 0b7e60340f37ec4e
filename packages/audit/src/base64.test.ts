import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'
import { fromHex, toHex, utf8 } from './bytes.ts'

describe('base64', () => {
  it('agrees with the platform on every byte string, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      }),
      { seed: 1 },
    )
  })

  it.each([
    'A',
    'AB',
    'ABC',
    'AB=',
    'A===',
    '====',
    'AB==AB==',
    'A=BC',
    'QUI',
    'QUJD\n',
    'QUI*',
    'QU-_',
    'QUé=',
    ' QUJ',
  ])('refuses %j', (text) =>
    expect(() => fromBase64(text)).toThrowError(expect.objectContaining({ code: 'malformed-encoding' })),
  )

  it.each(['QR==', 'QUJ='])(
    'refuses %j: padding bits that are not zero would give a hash two spellings',
    (text) => {
      expect(() => fromBase64(text)).toThrowError(expect.objectContaining({ code: 'malformed-encoding' }))
    },
  )
})

describe('hex and UTF-8', () => {
  it('gives bytes back through hex', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes)
      }),
      { seed: 2 },
    )
  })

  it.each(['0', '0G', 'AB', ' 0', '0x'])('refuses the hex %j', (text) => {
    expect(() => fromHex(text)).toThrowError(expect.objectContaining({ code: 'malformed-encoding' }))
  })

  it('refuses a lone surrogate, which would be encoded as another text', () => {
    expect(() => utf8('a\udfff')).toThrowError(expect.objectContaining({ code: 'malformed-text' }))
  })
})
