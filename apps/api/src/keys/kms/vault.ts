import { createHash } from 'node:crypto'
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { CryptoError, type KekPlace, type KmsProvider } from '@chartward/crypto'
import { z } from 'zod'
import { agentFor, type KmsServer } from './agent.ts'
import { attempted, type Patience, USUAL_PATIENCE } from './attempts.ts'
import { boundTo } from './bound.ts'
import { KmsError } from './kms-error.ts'
import { readSecret } from './secret-file.ts'

export interface VaultSettings extends KmsServer {
  /** Where the Transit engine is mounted, and the name of the key in it. */
  readonly mount: string
  readonly key: string
  readonly namespace?: string | undefined
  /** The file with the token. */
  readonly tokenFile: string
  readonly patience?: Patience
}

const MOST_ANSWER = 64 * 1024

/** Of an error's texts what has to be told apart (sdk/helper/keysutil of Vault and OpenBao). */
const GONE = /key not found|no handler for route|no longer available|disallowed by policy|soft[- ]deleted/i

const encrypted = z.object({
  data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:[A-Za-z0-9+/=]+$/) }),
})
const decrypted = z.object({ data: z.object({ plaintext: z.base64() }) })

/**
 * The Transit engine of HashiCorp Vault or OpenBao: `encrypt` and `decrypt` with `associated_data`, by a key
 * of type aes256-gcm96. What is bound goes along there, beside what `wrapKek` binds. No redirect is followed.
 */
export class VaultKms implements KmsProvider {
  readonly name: string
  readonly #settings: VaultSettings

  constructor(settings: VaultSettings) {
    const { mount, key, namespace = '' } = settings
    // Without the address: a server that gets another name still holds the same key.
    const root = createHash('sha256').update([namespace, mount, key].join('\n')).digest('hex')
    this.name = `vault/${root.slice(0, 16)}`
    this.#settings = settings
  }

  named(name: string): KmsProvider | undefined {
    return name === this.name ? this : undefined
  }

  async wrap(plain: Buffer, place: KekPlace): Promise<Buffer> {
    const plaintext = plain.toString('base64')
    const answer = await this.#ask('encrypt', {
      plaintext,
      associated_data: boundTo(place).toString('base64'),
    })
    const { data } = expected(encrypted, answer)
    return Buffer.from(data.ciphertext)
  }

  async unwrap(wrapped: Buffer, place: KekPlace): Promise<Buffer> {
    const ciphertext = wrapped.toString('latin1')
    const answer = await this.#ask('decrypt', {
      ciphertext,
      associated_data: boundTo(place).toString('base64'),
    })
    return Buffer.from(expected(decrypted, answer).data.plaintext, 'base64')
  }

  #ask(verb: 'encrypt' | 'decrypt', body: Readonly<Record<string, string>>): Promise<unknown> {
    const { patience = USUAL_PATIENCE } = this.#settings
    return attempted(patience, async (signal) => {
      const { status, text } = await this.#post(verb, JSON.stringify(body), signal)
      if (status === 200) return JSON.parse(text)
      throw refusalOf(status, text, verb)
    })
  }

  async #post(verb: string, body: string, signal: AbortSignal): Promise<{ status: number; text: string }> {
    const { url, mount, key, namespace, tokenFile } = this.#settings
    const at = new URL(`/v1/${mount}/${verb}/${encodeURIComponent(key)}`, url)
    const request = (at.protocol === 'https:' ? secureRequest : plainRequest)(at, {
      method: 'POST',
      agent: agentFor(this.#settings),
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-vault-token': readSecret(tokenFile),
        'x-vault-request': 'true',
        ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
      },
    })
    request.end(body)
    const answer = await answerTo(request)
    return { status: answer.statusCode ?? 0, text: await textOf(answer) }
  }
}

const expected = <T>(form: z.ZodType<T>, answer: unknown): T => {
  const parsed = form.safeParse(answer)
  if (!parsed.success) throw new KmsError('wrong-answer')
  return parsed.data
}

const answerTo = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
  })

const textOf = async (answer: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    size += chunk.length
    if (size > MOST_ANSWER) throw new KmsError('wrong-answer')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** By the status codes of Vault's API. 412 and 473 are a standby's, 503 a sealed one's. */
const refusalOf = (status: number, text: string, verb: 'encrypt' | 'decrypt'): KmsError | CryptoError => {
  if (status === 403 || status === 401) return new KmsError('denied')
  if (status === 429) return new KmsError('throttled')
  if (status === 404 || (status === 400 && GONE.test(text))) return new KmsError('disabled')
  if (status === 400 && verb === 'decrypt')
    return new CryptoError('unwrap-failed', 'the wrapped key does not unwrap under this key')
  if (status === 412 || status >= 472) return new KmsError('failing')
  return new KmsError('wrong-answer')
}
