import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { CryptoError, constantTimeEqual, type KekPlace, type KmsProvider } from '@chartward/crypto'
import { attempted, type Patience, USUAL_PATIENCE } from './attempts.ts'
import { boundTo } from './bound.ts'
import { KmsError } from './kms-error.ts'
import type { Pkcs11Answer, Pkcs11Call } from './pkcs11-thread.ts'
import { readSecret } from './secret-file.ts'

export interface Pkcs11Settings {
  /** The path of the token's PKCS #11 library. */
  readonly module: string
  /** The labels of the token, and of an AES key of 256 bits in it. */
  readonly token: string
  readonly key: string
  readonly pinFile: string
  readonly patience?: Patience
}

const THREAD = fileURLToPath(new URL('./pkcs11-thread.ts', import.meta.url))

/**
 * A token that speaks PKCS #11 2.40: AES-256-GCM in it, what is bound as associated data. `pkcs11js` is
 * loaded in the thread of a call and nowhere else. A PIN that was refused is not tried again until its file
 * holds another: tokens lock.
 */
export class Pkcs11Kms implements KmsProvider {
  readonly name: string
  readonly #settings: Pkcs11Settings
  #refusedPin: Buffer | undefined

  constructor(settings: Pkcs11Settings) {
    const root = createHash('sha256').update(`${settings.token}\n${settings.key}`).digest('hex')
    this.name = `pkcs11/${root.slice(0, 16)}`
    this.#settings = settings
  }

  named(name: string): KmsProvider | undefined {
    return name === this.name ? this : undefined
  }

  wrap(plain: Buffer, place: KekPlace): Promise<Buffer> {
    return this.#ask('wrap', plain, place)
  }

  unwrap(wrapped: Buffer, place: KekPlace): Promise<Buffer> {
    return this.#ask('unwrap', wrapped, place)
  }

  #ask(verb: Pkcs11Call['verb'], bytes: Buffer, place: KekPlace): Promise<Buffer> {
    const { module, token, key, pinFile, patience = USUAL_PATIENCE } = this.#settings
    const bound = boundTo(place)
    return attempted(patience, async (signal) => {
      const pin = readSecret(pinFile)
      const digest = createHash('sha256').update(pin).digest()
      if (this.#refusedPin !== undefined && constantTimeEqual(this.#refusedPin, digest))
        throw new KmsError('denied')
      const answer = await inThread({ module, token, key, pin, verb, bytes, bound }, signal)
      if ('bytes' in answer) return Buffer.from(answer.bytes)
      if (answer.problem === 'pin-refused') {
        this.#refusedPin = digest
        throw new KmsError('denied')
      }
      if (answer.problem === 'unwrap-failed')
        throw new CryptoError('unwrap-failed', 'the wrapped key does not unwrap under this key')
      throw new KmsError(answer.problem)
    })
  }
}

const inThread = async (call: Pkcs11Call, signal: AbortSignal): Promise<Pkcs11Answer> => {
  const thread = new Worker(THREAD, { workerData: call })
  try {
    const [answer]: Pkcs11Answer[] = await once(thread, 'message', { signal })
    if (answer === undefined) throw new KmsError('failing')
    return answer
  } finally {
    thread.removeAllListeners('error').on('error', () => undefined)
    void thread.terminate()
  }
}
