import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { Decrypter, Encrypter } from 'age-encryption'
import { BackupError } from '../errors.ts'

/*
 * The age format (age-encryption.org/v1): `age-encryption` makes and opens the header, in which the file key
 * is encrypted to each recipient; the payload is encrypted here by Node's ChaCha20-Poly1305, several times
 * faster than in JavaScript. What is written is read by every age, and `age.test.ts` has both read each
 * other.
 */

const CHUNK = 64 * 1024
const TAG = 16
const NONCE = 16
const END_OF_HEADER = /\n--- [A-Za-z0-9+/]{43}\n/
/** Far more than a header with a hundred recipients. */
const MOST_HEADER = 64 * 1024

/** HKDF-SHA-256 of the file key with the payload's nonce as salt (age, "Payload"). */
const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))

/** STREAM's nonce: an 11-byte counter, then whether the chunk is the last. */
class ChunkNonces {
  #counter = 0

  next(isLast: boolean): Buffer {
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(this.#counter, 5, 6)
    nonce[11] = isLast ? 1 : 0
    this.#counter++
    return nonce
  }
}

/** Gathers what comes into chunks of one size; the last, shorter or full, is told by the end. */
class Chunks {
  readonly #bytes: Buffer
  #used = 0

  constructor(size: number) {
    this.#bytes = Buffer.alloc(size)
  }

  /** Calls `full` with each chunk that is certainly not the last. */
  add(given: Buffer, full: (chunk: Buffer) => void): void {
    let rest = given
    while (rest.length > 0) {
      if (this.#used === this.#bytes.length) {
        full(this.#bytes)
        this.#used = 0
      }
      const count = Math.min(rest.length, this.#bytes.length - this.#used)
      rest.copy(this.#bytes, this.#used, 0, count)
      this.#used += count
      rest = rest.subarray(count)
    }
  }

  get last(): Buffer {
    return this.#bytes.subarray(0, this.#used)
  }
}

/**
 * What encrypts a stream to `recipients` (`age1…`). Rejects with BackupError where one is none that age
 * knows.
 */
export const encryptTo = async (recipients: readonly string[]): Promise<Transform> => {
  let fileKey: Uint8Array | undefined
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (error) {
      throw new BackupError(
        'no-recipient',
        'A recipient is not a public key of age: it begins with age1, and `age-keygen -y` prints it.',
        { cause: error },
      )
    }
  }
  // A recipient that is given the file key and adds nothing to the header.
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = key.slice()
      return []
    },
  })
  const file = Buffer.from(await encrypter.encrypt(new Uint8Array()))
  const end = headerLength(file)
  if (end === null || fileKey === undefined) throw new Error('age has made no header')
  const nonce = randomBytes(NONCE)
  const key = payloadKey(fileKey, nonce)
  const nonces = new ChunkNonces()
  const chunks = new Chunks(CHUNK)
  const sealed = (chunk: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('chacha20-poly1305', key, nonces.next(isLast), { authTagLength: TAG })
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
  const transform = new Transform({
    transform(given: Buffer, _, done: TransformCallback) {
      chunks.add(given, (chunk) => void this.push(sealed(chunk, false)))
      done()
    },
    flush(done: TransformCallback) {
      this.push(sealed(chunks.last, true))
      key.fill(0)
      done()
    },
  })
  transform.push(Buffer.concat([file.subarray(0, end), nonce]))
  return transform
}

const headerLength = (bytes: Buffer): number | null => {
  const found = END_OF_HEADER.exec(bytes.toString('latin1', 0, MOST_HEADER))
  return found === null ? null : found.index + found[0].length
}

const truncated = () =>
  new BackupError('truncated', 'The file ends in the middle: it was cut off. Take another copy of it.')

const fileKeyOf = async (header: Buffer, identities: readonly string[]): Promise<Uint8Array> => {
  const decrypter = new Decrypter()
  try {
    for (const identity of identities) decrypter.addIdentity(identity)
  } catch {
    throw new BackupError(
      'wrong-key',
      'An identity is not a secret key of age: its line begins with AGE-SECRET-KEY-.',
    )
  }
  try {
    return await decrypter.decryptHeader(header)
  } catch (error) {
    throw new BackupError(
      'wrong-key',
      'None of the identities opens this file: it was encrypted to other public keys, which its manifest names.',
      { cause: error },
    )
  }
}

/**
 * What decrypts a stream with `identities` (`AGE-SECRET-KEY-…`): gives nothing that was not authenticated,
 * and fails with BackupError, `wrong-key`, `changed` or `truncated`, before the end of anything that is not
 * whole.
 */
export const decryptWith = (identities: readonly string[]): Transform => {
  let start: Buffer | null = Buffer.alloc(0)
  let key: Buffer = Buffer.alloc(0)
  const nonces = new ChunkNonces()
  const chunks = new Chunks(CHUNK + TAG)
  const opened = (chunk: Buffer, isLast: boolean): Buffer => {
    if (chunk.length < TAG) throw truncated()
    const decipher = createDecipheriv('chacha20-poly1305', key, nonces.next(isLast), { authTagLength: TAG })
    decipher.setAuthTag(chunk.subarray(-TAG))
    try {
      return Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()])
    } catch (error) {
      throw new BackupError(
        'changed',
        'The file is not what was written: a part of it was changed, or cut off. Take another copy of it.',
        { cause: error },
      )
    }
  }
  const begin = async (given: Buffer): Promise<Buffer | null> => {
    start = Buffer.concat([start ?? Buffer.alloc(0), given])
    const end = headerLength(start)
    if (end === null) {
      if (start.length > MOST_HEADER) throw new BackupError('unreadable', 'The file is not one of age.')
      return null
    }
    if (start.length < end + NONCE) return null
    key = payloadKey(await fileKeyOf(start.subarray(0, end), identities), start.subarray(end, end + NONCE))
    const rest = start.subarray(end + NONCE)
    start = null
    return rest
  }
  return new Transform({
    transform(given: Buffer, _, done: TransformCallback) {
      const go = (payload: Buffer): void =>
        chunks.add(payload, (chunk) => void this.push(opened(chunk, false)))
      const ready = start === null ? Promise.resolve(given) : begin(given)
      ready
        .then((payload) => {
          if (payload !== null) go(payload)
          done()
        })
        .catch((error: Error) => done(error))
    },
    flush(done: TransformCallback) {
      try {
        if (start !== null) throw truncated()
        this.push(opened(chunks.last, true))
        key.fill(0)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  })
}
