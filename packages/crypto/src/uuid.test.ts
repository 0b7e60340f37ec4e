import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEEDED } from './testing/arbitraries.ts'
import { codeOf } from './testing/code-of.ts'
import { bytesToUuid, uuidToBytes } from './uuid.ts'

describe('UUIDs', () => {
  it('come back from their bytes in lower case, whichever case they were in', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(bytesToUuid(uuidToBytes(uuid))).toBe(uuid)
        expect(bytesToUuid(uuidToBytes(uuid.toUpperCase()))).toBe(uuid)
        expect(uuidToBytes(uuid).toString('hex')).toBe(uuid.replaceAll('-', ''))
      }),
      SEEDED,
    )
  })

  it('are refused with any one character changed to one that does not belong there', () => {
    const uuid = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
    for (let at = 0; at < uuid.length; at++) {
      for (const wrong of ['g', ' ', '\0', 'é', '０', uuid[at] === '-' ? '0' : '-']) {
        const changed = uuid.slice(0, at) + wrong + uuid.slice(at + 1)
        expect(codeOf(() => uuidToBytes(changed))).toBe('invalid-argument')
      }
    }
    for (const wrong of ['', uuid.slice(1), `${uuid}0`, `{${uuid}}`, uuid.replaceAll('-', '')]) {
      expect(codeOf(() => uuidToBytes(wrong))).toBe('invalid-argument')
    }
    expect(codeOf(() => bytesToUuid(Buffer.alloc(15)))).toBe('invalid-argument')
  })
})
