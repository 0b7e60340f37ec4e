import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classDigest, macEquals, type VersionHeader, versionMac } from './integrity.ts'
import { SEEDED } from './testing/arbitraries.ts'
import { codeOf } from './testing/code-of.ts'

const KEY = Buffer.alloc(32, 4)
const HEADER: VersionHeader = {
  recordId: '0190a1b2-c3d4-7e5f-8a9b-000000000001',
  patientId: '0190a1b2-c3d4-7e5f-8a9b-000000000002',
  resourceType: 'Condition',
  version: 2,
  authoredAt: '2026-11-22T10:00:00.000000Z',
  author: '0190a1b2-c3d4-7e5f-8a9b-000000000003',
  entryId: '0190a1b2-c3d4-7e5f-8a9b-000000000004',
}
const DIGESTS = { clinical: Buffer.alloc(32, 1), narrative: Buffer.alloc(32, 2) }
const PREVIOUS = Buffer.alloc(32, 3)
const MAC = versionMac(KEY, HEADER, DIGESTS, PREVIOUS)

describe('a class digest', () => {
  const subject = { recordId: HEADER.recordId, version: 1, fieldClass: 'clinical' }
  const plaintext = Buffer.from('salt and plaintext')

  it('is the same for the same and differs with key, record, version, class and plaintext', () => {
    const digest = classDigest(KEY, subject, plaintext)
    expect(digest).toHaveLength(32)
    expect(classDigest(KEY, { ...subject }, Buffer.from(plaintext))).toEqual(digest)
    const others = [
      classDigest(randomBytes(32), subject, plaintext),
      classDigest(KEY, { ...subject, recordId: HEADER.patientId }, plaintext),
      classDigest(KEY, { ...subject, version: 2 }, plaintext),
      classDigest(KEY, { ...subject, fieldClass: 'narrative' }, plaintext),
      classDigest(KEY, { ...subject, fieldClass: 'clinica' }, Buffer.concat([Buffer.from('l'), plaintext])),
      classDigest(KEY, subject, Buffer.concat([plaintext, Buffer.of(0)])),
    ]
    for (const other of others) expect(macEquals(digest, other)).toBe(false)
  })

  it('differs with any bit of the plaintext', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(799), (bytes, at) => {
        const bit = at % (bytes.length * 8)
        const changed = Uint8Array.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(macEquals(classDigest(KEY, subject, bytes), classDigest(KEY, subject, changed))).toBe(false)
      }),
      SEEDED,
    )
  })
})

describe('the MAC of a version', () => {
  it('stays what it is, or every stored version would look forged', () => {
    expect(MAC.toString('hex')).toBe('8ff31c08390b99146c2fc2aba3115ecdb35b5898c7271a4994a889705789dc01')
  })

  it('is the same from a map and from a record, in any order of the classes', () => {
    const reversed = new Map(Object.entries(DIGESTS).reverse())
    expect(versionMac(KEY, HEADER, reversed, PREVIOUS)).toEqual(MAC)
    expect(
      versionMac(KEY, { ...HEADER, recordId: HEADER.recordId.toUpperCase() }, DIGESTS, PREVIOUS),
    ).toEqual(MAC)
  })

  it('differs with each part of the header', () => {
    const changes: Partial<VersionHeader>[] = [
      { recordId: HEADER.entryId },
      { patientId: HEADER.entryId },
      { resourceType: 'Observation' },
      { version: 3 },
      { authoredAt: '2026-11-22T10:00:00.000001Z' },
      { author: HEADER.entryId },
      { entryId: HEADER.author },
      { recordId: HEADER.patientId, patientId: HEADER.recordId },
      { authoredAt: `${HEADER.authoredAt}0`, author: HEADER.author.slice(1) },
    ]
    for (const change of changes) {
      expect(macEquals(versionMac(KEY, { ...HEADER, ...change }, DIGESTS, PREVIOUS), MAC)).toBe(false)
    }
    expect(macEquals(versionMac(randomBytes(32), HEADER, DIGESTS, PREVIOUS), MAC)).toBe(false)
  })

  it('differs when a class is changed, dropped, added, renamed, or two change places', () => {
    const { clinical, narrative } = DIGESTS
    const sets = [
      { clinical: Buffer.alloc(32, 9), narrative },
      { clinical },
      { ...DIGESTS, billing: Buffer.alloc(32, 9) },
      { clinical, contact: narrative },
      { clinical: narrative, narrative: clinical },
      {},
    ]
    for (const set of sets) expect(macEquals(versionMac(KEY, HEADER, set, PREVIOUS), MAC)).toBe(false)
  })

  it('differs with the version before it: changed, left out, or zero in place of none', () => {
    const first = versionMac(KEY, HEADER, DIGESTS, null)
    expect(macEquals(first, MAC)).toBe(false)
    expect(macEquals(versionMac(KEY, HEADER, DIGESTS, Buffer.alloc(32)), first)).toBe(false)
    expect(macEquals(versionMac(KEY, HEADER, DIGESTS, Buffer.alloc(32, 5)), MAC)).toBe(false)
  })

  it('is refused over ids that are no UUIDs and digests of another length', () => {
    const short = Buffer.alloc(31)
    expect(codeOf(() => versionMac(KEY, { ...HEADER, patientId: 'p1' }, DIGESTS, null))).toBe(
      'invalid-argument',
    )
    expect(codeOf(() => versionMac(KEY, HEADER, { clinical: short }, null))).toBe('invalid-argument')
    expect(codeOf(() => versionMac(KEY, HEADER, DIGESTS, short))).toBe('invalid-argument')
    expect(codeOf(() => versionMac(Buffer.alloc(32), HEADER, DIGESTS, null))).toBe('key-wiped')
  })
})

it('MACs are equal only when whole and the same', () => {
  expect(macEquals(MAC, Buffer.from(MAC))).toBe(true)
  expect(macEquals(MAC, MAC.subarray(0, 16))).toBe(false)
  expect(macEquals(MAC.subarray(0, 16), MAC.subarray(0, 16))).toBe(false)
  expect(macEquals(Buffer.alloc(0), Buffer.alloc(0))).toBe(false)
})
