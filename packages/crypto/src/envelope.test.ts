import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { associatedData, type Binding } from './binding.ts'
import { ENVELOPE_OVERHEAD, envelopeKeyId, open, type SealingKey, seal } from './envelope.ts'
import { CryptoError } from './errors.ts'
import { wipeKey } from './secret-key.ts'
import * as arbitrary from './testing/arbitraries.ts'
import { codeOf } from './testing/code-of.ts'

const { SEEDED } = arbitrary
const sealingKey = fc.record({ id: fc.uuid(), key: arbitrary.key })

const sample = (): { key: SealingKey; binding: Binding; plaintext: Buffer } => ({
  key: { id: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', key: randomBytes(32) },
  binding: {
    purpose: 'record',
    table: 'record_versions',
    fieldClass: 'clinical',
    rowId: '0190a1b2-c3d4-7e5f-8a9b-aaaaaaaaaaaa',
    rowVersion: 3,
  },
  plaintext: Buffer.from('a field of a record'),
})

describe('an envelope', () => {
  it('opens to its plaintext in its own place, whatever the bytes', () => {
    fc.assert(
      fc.property(sealingKey, arbitrary.binding, arbitrary.bytes(0, 300), (key, binding, plaintext) => {
        const envelope = seal(key, binding, plaintext)
        expect(envelope).toHaveLength(plaintext.length + ENVELOPE_OVERHEAD)
        expect(envelopeKeyId(envelope)).toBe(key.id)
        expect(open(key, binding, envelope)).toEqual(Buffer.from(plaintext))
        expect(open(key, binding, new Uint8Array(envelope))).toEqual(Buffer.from(plaintext))
      }),
      SEEDED,
    )
  })

  it('begins with version, algorithm and key id, as design and migrations rely on', () => {
    const { key, binding, plaintext } = sample()
    const start = seal(key, binding, plaintext).subarray(0, 18).toString('hex')
    expect(start).toBe(`0101${key.id.replaceAll('-', '')}`)
  })

  it('is never the same twice', () => {
    const { key, binding, plaintext } = sample()
    expect(seal(key, binding, plaintext)).not.toEqual(seal(key, binding, plaintext))
  })

  it('is refused with any single bit flipped', () => {
    const { key, binding, plaintext } = sample()
    const envelope = seal(key, binding, plaintext)
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const changed = Buffer.from(envelope)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const expected = bit < 16 ? 'unsupported-version' : 'decrypt-failed'
      expect(codeOf(() => open(key, binding, changed))).toBe(expected)
    }
  })

  it('is refused truncated to any length and extended by a byte', () => {
    const { key, binding, plaintext } = sample()
    const envelope = seal(key, binding, plaintext)
    for (let length = 0; length < envelope.length; length++) {
      const expected = length < ENVELOPE_OVERHEAD ? 'malformed-envelope' : 'decrypt-failed'
      expect(codeOf(() => open(key, binding, envelope.subarray(0, length)))).toBe(expected)
    }
    expect(codeOf(() => open(key, binding, Buffer.concat([envelope, Buffer.of(0)])))).toBe('decrypt-failed')
  })

  it('moved to another purpose, table, class, row or version does not decrypt', () => {
    fc.assert(
      fc.property(
        sealingKey,
        arbitrary.binding,
        arbitrary.binding,
        arbitrary.bytes(0, 64),
        (key, here, there, plaintext) => {
          const envelope = seal(key, here, plaintext)
          for (const part of ['purpose', 'table', 'fieldClass', 'rowId', 'rowVersion'] as const) {
            if (here[part] === there[part]) continue
            const moved = { ...here, [part]: there[part] }
            expect(codeOf(() => open(key, moved, envelope))).toBe('decrypt-failed')
          }
        },
      ),
      SEEDED,
    )
  })

  it('does not decrypt where names run together or change places', () => {
    const { key, binding, plaintext } = sample()
    const place = { ...binding, purpose: 'ab', table: 'c', fieldClass: 'd' }
    const envelope = seal(key, place, plaintext)
    for (const names of [
      { purpose: 'a', table: 'bc', fieldClass: 'd' },
      { purpose: 'ab', table: 'd', fieldClass: 'c' },
      { purpose: 'c', table: 'ab', fieldClass: 'd' },
    ]) {
      expect(codeOf(() => open(key, { ...place, ...names }, envelope))).toBe('decrypt-failed')
    }
  })

  it('does not decrypt under another key, nor under the same bytes with another id', () => {
    const { key, binding, plaintext } = sample()
    const envelope = seal(key, binding, plaintext)
    const otherId = { id: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c', key: key.key }
    expect(codeOf(() => open({ id: key.id, key: randomBytes(32) }, binding, envelope))).toBe('decrypt-failed')
    expect(codeOf(() => open(otherId, binding, envelope))).toBe('decrypt-failed')
    const relabelled = Buffer.concat([
      envelope.subarray(0, 2),
      seal(otherId, binding, plaintext).subarray(2, 18),
      envelope.subarray(18),
    ])
    expect(codeOf(() => open(otherId, binding, relabelled))).toBe('decrypt-failed')
  })

  it('is refused in the same words for every cause, with no cause attached', () => {
    const { key, binding, plaintext } = sample()
    const envelope = seal(key, binding, plaintext)
    const refusals = [
      () => open(key, { ...binding, rowVersion: 4 }, envelope),
      () => open(key, { ...binding, table: 'attachments' }, envelope),
      () => open({ id: binding.rowId, key: key.key }, binding, envelope),
      () => open({ id: key.id, key: randomBytes(32) }, binding, envelope),
    ].map((run) => {
      try {
        return run()
      } catch (error) {
        return error
      }
    })
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(CryptoError)
      expect(refusal).toMatchObject({
        code: 'decrypt-failed',
        message: 'the ciphertext does not decrypt here',
      })
      expect(refusal).not.toHaveProperty('cause')
    }
  })
})

describe('sealing', () => {
  it('refuses ids that are no UUIDs, versions that are no whole numbers and empty names', () => {
    const { key, binding, plaintext } = sample()
    const wrong: Partial<Binding>[] = [
      { rowId: 'patient-1' },
      { rowVersion: -1 },
      { rowVersion: 1.5 },
      { rowVersion: Number.MAX_SAFE_INTEGER + 1 },
      { rowVersion: Number.NaN },
      { purpose: '' },
      { table: '' },
      { fieldClass: '' },
      { fieldClass: '\ud800' },
    ]
    for (const part of wrong) {
      expect(codeOf(() => seal(key, { ...binding, ...part }, plaintext))).toBe('invalid-argument')
    }
    expect(codeOf(() => seal({ id: 'x', key: key.key }, binding, plaintext))).toBe('invalid-argument')
  })

  it('refuses keys of another length, and keys that were wiped by either way', () => {
    const { key, binding, plaintext } = sample()
    expect(codeOf(() => seal({ id: key.id, key: randomBytes(16) }, binding, plaintext))).toBe('invalid-key')
    const envelope = seal(key, binding, plaintext)
    const wiped = { id: key.id, key: Buffer.from(key.key) }
    expect(open(wiped, binding, envelope)).toEqual(plaintext)
    wipeKey(wiped.key)
    key.key.fill(0)
    for (const gone of [wiped, key]) {
      expect(codeOf(() => seal(gone, binding, plaintext))).toBe('key-wiped')
      expect(codeOf(() => open(gone, binding, envelope))).toBe('key-wiped')
    }
  })

  it('keeps a version above 32 bits apart from the same version below', () => {
    const { key, binding, plaintext } = sample()
    const late = { ...binding, rowVersion: 2 ** 32 + 3 }
    const envelope = seal(key, late, plaintext)
    expect(open(key, late, envelope)).toEqual(plaintext)
    expect(codeOf(() => open(key, { ...late, rowVersion: 3 }, envelope))).toBe('decrypt-failed')
  })

  it('still binds after more kinds of places than are remembered', () => {
    const { key, binding, plaintext } = sample()
    const envelope = seal(key, binding, plaintext)
    for (let i = 0; i < 1100; i++) associatedData({ ...binding, table: `table-${i}` }, key.id)
    expect(open(key, binding, envelope)).toEqual(plaintext)
    expect(codeOf(() => open(key, { ...binding, table: 'table-7' }, envelope))).toBe('decrypt-failed')
  })

  it('encodes the associated data as documented', () => {
    const { key, binding } = sample()
    const id = (uuid: string) => uuid.replaceAll('-', '')
    const named = (text: string) =>
      text.length.toString(16).padStart(8, '0') + Buffer.from(text).toString('hex')
    expect(associatedData(binding, key.id).toString('hex')).toBe(
      `000000020101${named('record')}${named('record_versions')}${named('clinical')}` +
        `${id(binding.rowId)}0000000000000003${id(key.id)}`,
    )
  })
})

describe('the key id of an envelope', () => {
  it('is refused of bytes that are no envelope', () => {
    expect(codeOf(() => envelopeKeyId(Buffer.alloc(45, 1)))).toBe('malformed-envelope')
    expect(codeOf(() => envelopeKeyId(Buffer.alloc(46, 2)))).toBe('unsupported-version')
  })
})
