import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { PasskeyAsked, PasskeyMade, PasskeyUsed, PasskeyWanted } from '@chartward/contract'

/*
 * An authenticator and the browser before it, with real keys and signatures (WebAuthn level 3, sections 6 and
 * 5.8.1). What a wrong one would do differently is said by `Wrong`.
 */

interface Wrong {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly crossOrigin?: boolean
  /** Whether somebody is there, and whether it has made sure who. */
  readonly present?: boolean
  readonly verified?: boolean
  readonly userHandle?: string | null
}

const ORIGIN = 'http://localhost:4380'

/** CBOR (RFC 8949): as much of it as an attestation and a COSE key are made of. */
const cbor = (value: unknown): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map) {
    const pairs = [...value].flatMap(([key, held]) => [cbor(key), cbor(held)])
    return Buffer.concat([head(5, value.size), ...pairs])
  }
  throw new Error('this is nothing that an authenticator says')
}

const head = (major: number, size: number): Buffer => {
  if (size < 24) return Buffer.from([(major << 5) | size])
  if (size < 256) return Buffer.from([(major << 5) | 24, size])
  return Buffer.from([(major << 5) | 25, size >> 8, size & 255])
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

/** An EC2 key on P-256 (RFC 9053 section 7.1.1). */
const coseKey = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cbor(
    new Map<number, number | Buffer>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

const flagsOf = ({ present = true, verified = true }: Wrong, attested: boolean): number =>
  (present ? 0x01 : 0) | (verified ? 0x04 : 0) | 0x08 | 0x10 | (attested ? 0x40 : 0)

export class TestAuthenticator {
  readonly id = randomBytes(32)
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  /** What it tells next; 0 for one that does not count. */
  count: number
  #handle: string | null = null

  constructor({ count = 0 }: { readonly count?: number } = {}) {
    this.count = count
  }

  make(wanted: PasskeyWanted, name = 'A key', wrong: Wrong = {}): PasskeyMade {
    this.#handle = wanted.user.id
    const data = Buffer.concat([
      this.#data(wrong.rpId ?? wanted.rp.id, flagsOf(wrong, true)),
      Buffer.alloc(16),
      Buffer.from([0, this.id.length]),
      this.id,
      coseKey(this.#keys.publicKey),
    ])
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', data],
    ])
    return {
      attempt: wanted.attempt,
      id: base64url(this.id),
      clientDataJSON: clientData('webauthn.create', wanted.challenge, wrong),
      attestationObject: base64url(cbor(attestation)),
      transports: ['internal'],
      name,
    }
  }

  use(asked: PasskeyAsked, wrong: Wrong = {}): PasskeyUsed {
    if (this.count > 0) this.count += 1
    const data = this.#data(wrong.rpId ?? asked.rpId, flagsOf(wrong, false))
    const clientDataJSON = clientData('webauthn.get', asked.challenge, wrong)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return {
      attempt: asked.attempt,
      id: base64url(this.id),
      clientDataJSON,
      authenticatorData: base64url(data),
      signature: base64url(sign('sha256', signed, this.#keys.privateKey)),
      userHandle: wrong.userHandle === undefined ? this.#handle : wrong.userHandle,
    }
  }

  #data(rpId: string, flags: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(this.count)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
  }
}

const clientData = (type: string, challenge: string, wrong: Wrong): string =>
  base64url(
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? ORIGIN,
        crossOrigin: wrong.crossOrigin ?? false,
      }),
    ),
  )
