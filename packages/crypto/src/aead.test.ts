import { createSecretKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openSealed, sealInto, TAG_BYTES } from './aead.ts'
import { codeOf } from './testing/code-of.ts'
import { readVectors, vectorsAbsent, vectorsNote } from './testing/wycheproof.ts'

const hex = (text: string | undefined) => Buffer.from(text ?? '', 'hex')

const sealed = (key: Buffer, nonce: Buffer, aad: Buffer, plaintext: Buffer): Buffer => {
  const out = Buffer.alloc(plaintext.length + TAG_BYTES)
  sealInto(out, 0, createSecretKey(key), nonce, aad, plaintext)
  return out
}

describe('AES-256-GCM', () => {
  it('gives the bytes of the GCM specification, test case 16', () => {
    const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
    const nonce = hex('cafebabefacedbaddecaf888')
    const aad = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
    const plaintext = hex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
        '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    )
    const out = sealed(key, nonce, aad, plaintext)
    expect(out.toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
        '8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    )
    const tagAt = plaintext.length
    const opened = openSealed(createSecretKey(key), nonce, aad, out.subarray(0, tagAt), out.subarray(tagAt))
    expect(opened).toEqual(plaintext)
  })

  it('refuses nonces that are not 96 bits and tags that are not 128 bits', () => {
    const key = createSecretKey(Buffer.alloc(32, 1))
    const empty = Buffer.alloc(0)
    const out = Buffer.alloc(TAG_BYTES)
    for (const length of [0, 8, 11, 13, 16]) {
      const nonce = Buffer.alloc(length)
      expect(codeOf(() => sealInto(out, 0, key, nonce, empty, empty))).toBe('invalid-argument')
      expect(codeOf(() => openSealed(key, nonce, empty, empty, out))).toBe('invalid-argument')
    }
    const nonce = Buffer.alloc(12)
    sealInto(out, 0, key, nonce, empty, empty)
    expect(openSealed(key, nonce, empty, empty, out)).toHaveLength(0)
    for (const length of [0, 4, 12, 15]) {
      expect(codeOf(() => openSealed(key, nonce, empty, empty, out.subarray(0, length)))).toBe(
        'decrypt-failed',
      )
    }
  })
})

describe.skipIf(vectorsAbsent)(`AES-GCM against Wycheproof${vectorsNote}`, () => {
  const vectors = vectorsAbsent ? [] : readVectors('aes_gcm_test.json')
  const ours = vectors.filter(({ key, iv }) => key.length === 64 && iv?.length === 24)

  it('seals and opens every valid vector of our parameters and refuses every invalid one', () => {
    expect(ours.filter(({ result }) => result === 'valid')).toHaveLength(39)
    expect(ours.filter(({ result }) => result === 'invalid')).toHaveLength(27)
    for (const vector of ours) {
      const [key, nonce, aad] = [hex(vector.key), hex(vector.iv), hex(vector.aad)]
      const run = () => openSealed(createSecretKey(key), nonce, aad, hex(vector.ct), hex(vector.tag))
      const out = sealed(key, nonce, aad, hex(vector.msg)).toString('hex')
      if (vector.result === 'valid') {
        expect(run().toString('hex'), `vector ${vector.tcId}`).toBe(vector.msg)
        expect(out, `vector ${vector.tcId}`).toBe(`${vector.ct}${vector.tag}`)
      } else {
        expect(codeOf(run), `vector ${vector.tcId}`).toBe('decrypt-failed')
        expect(out, `vector ${vector.tcId}`).not.toBe(`${vector.ct}${vector.tag}`)
      }
    }
  })

  it('takes no vector of another key or nonce size', () => {
    const others = vectors.filter((vector) => !ours.includes(vector))
    expect(others.length).toBeGreaterThan(200)
    for (const vector of others) {
      const open = () =>
        openSealed(
          createSecretKey(hex(vector.key)),
          hex(vector.iv),
          hex(vector.aad),
          hex(vector.ct),
          hex(vector.tag),
        )
      expect(open, `vector ${vector.tcId}`).toThrow()
    }
  })
})
