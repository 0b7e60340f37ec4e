import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { open, seal } from './envelope.ts'
import {
  classKey,
  newDataKey,
  subKey,
  unwrapKey,
  unwrapSystemKey,
  WRAPPED_KEY_BYTES,
  wrapKey,
  wrapSystemKey,
} from './keys.ts'
import { kwpWrap } from './kwp.ts'
import { wipeKey } from './secret-key.ts'
import { codeOf } from './testing/code-of.ts'
import { uuidToBytes } from './uuid.ts'

describe('a new key', () => {
  it('is random, or what the given source gives', () => {
    const id = randomUUID()
    expect(newDataKey(id).key).not.toEqual(newDataKey(id).key)
    expect(newDataKey(id, (bytes) => Buffer.alloc(bytes, 9))).toEqual({ id, key: Buffer.alloc(32, 9) })
  })

  it('is refused from a source that gives too little or nothing but zeros', () => {
    const id = randomUUID()
    expect(codeOf(() => newDataKey(id, () => Buffer.alloc(16, 1)))).toBe('invalid-key')
    expect(codeOf(() => newDataKey(id, (bytes) => Buffer.alloc(bytes)))).toBe('key-wiped')
    expect(codeOf(() => newDataKey('dek-1'))).toBe('invalid-argument')
  })
})

describe('a wrapped key', () => {
  const kek = newDataKey(randomUUID())
  const dek = newDataKey(randomUUID())
  const patient = randomUUID()

  it('unwraps to the same key under the same KEK, in memory of its own', () => {
    const wrapped = wrapKey(kek, dek, patient)
    expect(wrapped).toHaveLength(WRAPPED_KEY_BYTES)
    const unwrapped = unwrapKey(kek, dek.id, wrapped, patient)
    expect(unwrapped).toEqual(dek)
    expect(unwrapped.key.buffer.byteLength).toBe(32)
    expect(unwrapKey(kek, dek.id.toUpperCase(), wrapped, patient.toUpperCase())).toEqual(dek)
  })

  it('does not unwrap under another KEK or as another key', () => {
    const wrapped = wrapKey(kek, dek, patient)
    expect(codeOf(() => unwrapKey(newDataKey(kek.id), dek.id, wrapped, patient))).toBe('unwrap-failed')
    expect(codeOf(() => unwrapKey(kek, randomUUID(), wrapped, patient))).toBe('unwrap-failed')
  })

  it('does not unwrap for another patient, nor for nobody, nor the other way round', () => {
    const wrapped = wrapKey(kek, dek, patient)
    expect(codeOf(() => unwrapKey(kek, dek.id, wrapped, randomUUID()))).toBe('unwrap-failed')
    expect(codeOf(() => unwrapSystemKey(kek, dek.id, wrapped, 'exports'))).toBe('unwrap-failed')
    const ofSystem = wrapSystemKey(kek, dek, 'exports')
    expect(codeOf(() => unwrapKey(kek, dek.id, ofSystem, patient))).toBe('unwrap-failed')
    const nil = '00000000-0000-0000-0000-000000000000'
    expect(codeOf(() => wrapKey(kek, dek, nil))).toBe('invalid-argument')
  })

  it('does not unwrap from bytes that hold the id and the key alone', () => {
    const plain = Buffer.concat([uuidToBytes(dek.id), dek.key])
    const wrapped = kwpWrap(kek.key, plain)
    expect(codeOf(() => unwrapKey(kek, dek.id, wrapped, patient))).toBe('unwrap-failed')
    expect(codeOf(() => unwrapSystemKey(kek, dek.id, wrapped, 'exports'))).toBe('unwrap-failed')
  })

  it('of the system unwraps for its own purpose and for no other', () => {
    const wrapped = wrapSystemKey(kek, dek, 'exports')
    expect(unwrapSystemKey(kek, dek.id, wrapped, 'exports')).toEqual(dek)
    for (const purpose of ['audit-notes', 'export', 'exports ', 'EXPORTS'])
      expect(codeOf(() => unwrapSystemKey(kek, dek.id, wrapped, purpose))).toBe('unwrap-failed')
    expect(codeOf(() => wrapSystemKey(kek, dek, ''))).toBe('invalid-argument')
  })

  it('is refused with any single bit flipped', () => {
    const wrapped = wrapKey(kek, dek, patient)
    for (let bit = 0; bit < wrapped.length * 8; bit++) {
      const changed = Buffer.from(wrapped)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(codeOf(() => unwrapKey(kek, dek.id, changed, patient))).toBe('unwrap-failed')
    }
  })

  it('survives a rewrap under a new KEK, so that no ciphertext changes', () => {
    const next = newDataKey(randomUUID())
    const rewrapped = wrapKey(next, unwrapKey(kek, dek.id, wrapKey(kek, dek, patient), patient), patient)
    expect(unwrapKey(next, dek.id, rewrapped, patient)).toEqual(dek)
  })

  it('is never made of a wiped key', () => {
    const gone = newDataKey(randomUUID())
    wipeKey(gone.key)
    expect(codeOf(() => wrapKey(kek, gone, patient))).toBe('key-wiped')
    expect(codeOf(() => wrapKey(gone, dek, patient))).toBe('key-wiped')
  })
})

describe('derived keys', () => {
  const dek = newDataKey('0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', (bytes) => Buffer.alloc(bytes, 1))

  it('stay what they are, or every stored ciphertext would be lost', () => {
    expect(classKey(dek, 'clinical').key.toString('hex')).toBe(
      '2c6bf64ecf6a22e83e50364e466f70731a18b5bf02a740c18fa77abef3aa03e4',
    )
    expect(subKey(dek, 'clinical').key.toString('hex')).toBe(
      '1ca13fe2af6757c204647e62a517cab7246b8b515dd8415902a6f4c2e1def284',
    )
  })

  it('differ by DEK, class and kind, and carry the id of the DEK', () => {
    const other = newDataKey(dek.id, (bytes) => Buffer.alloc(bytes, 2))
    const keys = [
      dek,
      classKey(dek, 'clinical'),
      classKey(dek, 'billing'),
      classKey(other, 'clinical'),
      subKey(dek, 'clinical'),
      subKey(dek, 'billing'),
    ]
    expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(keys.length)
    expect(new Set(keys.map(({ id }) => id))).toEqual(new Set([dek.id]))
    expect(codeOf(() => classKey(dek, ''))).toBe('invalid-argument')
  })

  it('of one class open no other class, even with the binding forged to match', () => {
    const binding = { purpose: 'record', table: 't', fieldClass: 'billing', rowId: dek.id, rowVersion: 1 }
    const envelope = seal(classKey(dek, 'billing'), binding, Buffer.from('amount'))
    expect(codeOf(() => open(classKey(dek, 'clinical'), binding, envelope))).toBe('decrypt-failed')
  })
})
