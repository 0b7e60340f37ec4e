import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ed25519PublicKey, ed25519Sign, ed25519Verify, requireEd25519Signature } from './signature.ts'
import { codeOf } from './testing/code-of.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

describe('Ed25519', () => {
  it('gives the bytes of RFC 8032, section 7.1, tests 1 to 3', () => {
    const cases = [
      [
        '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
        'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
        '',
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      ],
      [
        '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        '72',
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ],
      [
        'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
        'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
        'af82',
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
      ],
    ] as const
    for (const [seed, publicKey, message, signature] of cases) {
      expect(ed25519PublicKey(hex(seed)).toString('hex')).toBe(publicKey)
      expect(ed25519Sign(hex(seed), hex(message)).toString('hex')).toBe(signature)
      expect(ed25519Verify(hex(publicKey), hex(message), hex(signature))).toBe(true)
    }
  })

  it('refuses any bit flip of message, signature and public key', () => {
    const seed = randomBytes(32)
    const parts = {
      publicKey: ed25519PublicKey(seed),
      message: Buffer.from('a tree head'),
      signature: ed25519Sign(seed, Buffer.from('a tree head')),
    }
    for (const name of ['publicKey', 'message', 'signature'] as const) {
      for (let bit = 0; bit < parts[name].length * 8; bit += 3) {
        const changed = { ...parts, [name]: Buffer.from(parts[name]) }
        changed[name][bit >> 3] = (changed[name][bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(ed25519Verify(changed.publicKey, changed.message, changed.signature)).toBe(false)
      }
    }
  })

  it('refuses a signature made again by adding the group order to its scalar', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const seed = randomBytes(32)
    const message = Buffer.from('m')
    const signature = ed25519Sign(seed, message)
    const scalar = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`)
    const shifted = Buffer.from((scalar + order).toString(16).padStart(64, '0'), 'hex').reverse()
    const forged = Buffer.concat([signature.subarray(0, 32), shifted])
    expect(ed25519Verify(ed25519PublicKey(seed), message, forged)).toBe(false)
  })

  it('holds for no key or signature of another length, and signs with no other seed', () => {
    const seed = randomBytes(32)
    const message = Buffer.from('m')
    const [publicKey, signature] = [ed25519PublicKey(seed), ed25519Sign(seed, message)]
    expect(ed25519Verify(publicKey.subarray(1), message, signature)).toBe(false)
    expect(ed25519Verify(publicKey, message, signature.subarray(1))).toBe(false)
    expect(ed25519Verify(publicKey, message, Buffer.concat([signature, Buffer.of(0)]))).toBe(false)
    expect(codeOf(() => ed25519Sign(seed.subarray(1), message))).toBe('invalid-key')
    expect(codeOf(() => ed25519PublicKey(Buffer.alloc(64)))).toBe('invalid-key')
  })

  it('stops a caller that must not go on', () => {
    const seed = randomBytes(32)
    const [publicKey, message] = [ed25519PublicKey(seed), Buffer.from('m')]
    const signature = ed25519Sign(seed, message)
    expect(codeOf(() => requireEd25519Signature(publicKey, message, signature))).toBe('none')
    expect(codeOf(() => requireEd25519Signature(publicKey, Buffer.from('n'), signature))).toBe(
      'signature-invalid',
    )
  })
})
