import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordsDigest, type WrittenRecord } from './records-digest.ts'

const record = fc.record({
  recordId: fc.uuid(),
  version: fc.nat(5),
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
})
const records = fc.uniqueArray(record, {
  selector: (item) => `${item.recordId}/${item.version}`,
  minLength: 1,
  maxLength: 8,
})
const code = (expected: string) => expect.objectContaining({ name: 'AuditError', code: expected })

describe('recordsDigest', () => {
  it('does not depend on the order of the records, and counts them', () => {
    fc.assert(
      fc.property(records, (items) => {
        const digest = recordsDigest(items)
        expect(digest.digest).toMatch(/^[0-9a-f]{64}$/)
        expect(digest.count).toBe(items.length)
        expect(recordsDigest([...items].reverse())).toEqual(digest)
      }),
      { seed: 1 },
    )
  })

  it('changes with any record, version or hash, and with a record left out', () => {
    fc.assert(
      fc.property(records, fc.nat(), (items, pick) => {
        const at = pick % items.length
        const { digest } = recordsDigest(items)
        const changed = (change: (item: WrittenRecord) => WrittenRecord) =>
          recordsDigest(items.map((item, i) => (i === at ? change(item) : item))).digest
        expect(changed((item) => ({ ...item, version: item.version + 6 }))).not.toBe(digest)
        expect(changed((item) => ({ ...item, recordId: `${item.recordId}0` }))).not.toBe(digest)
        expect(changed((item) => ({ ...item, hash: item.hash.map((byte) => byte ^ 1) }))).not.toBe(digest)
        expect(recordsDigest(items.filter((_, i) => i !== at)).digest).not.toBe(digest)
      }),
      { seed: 2 },
    )
  })

  it('takes an import of 100,000 records', () => {
    const hash = new Uint8Array(32)
    const items = Array.from({ length: 100_000 }, (_, i) => ({ recordId: `r${i}`, version: 1, hash }))
    expect(recordsDigest(items).count).toBe(100_000)
  })

  it('refuses a version there twice, and a record without id, version or hash', () => {
    const item = { recordId: 'a', version: 1, hash: new Uint8Array(32) }
    expect(() => recordsDigest([item, { ...item, hash: new Uint8Array(32).fill(1) }])).toThrowError(
      code('duplicate-record'),
    )
    for (const fault of [{ recordId: '' }, { version: -1 }, { version: 1.5 }, { hash: new Uint8Array(31) }]) {
      expect(() => recordsDigest([{ ...item, ...fault }])).toThrowError(code('invalid-record'))
    }
  })
})
