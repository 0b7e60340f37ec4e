import { createHash } from 'node:crypto'
import type { KMSClient } from '@aws-sdk/client-kms'
import type { KmsProblem } from '@chartward/contract'
import { CryptoError, type KekPlace, type KmsProvider } from '@chartward/crypto'
import { agentFor, type KmsServer } from './agent.ts'
import { attempted, type Patience, USUAL_PATIENCE } from './attempts.ts'
import { KmsError } from './kms-error.ts'
import { readSecret } from './secret-file.ts'

export interface AwsSettings extends KmsServer {
  /** The key's ARN; an alias is none, for it can be pointed at another key. */
  readonly arn: string
  readonly region: string
  /** A file in the form of AWS's `credentials`, of which the section `[default]` counts. */
  readonly credentialsFile: string
  readonly patience?: Patience
}

/**
 * AWS KMS. The key's ARN is pinned (each request names it, and each answer's is compared), and so is the
 * encryption context: installation and KEK. Credentials come from the one file and nowhere else, and the SDK
 * is connected to the one endpoint and nowhere else: its own chain would ask machines that no setting names.
 */
export class AwsKms implements KmsProvider {
  readonly name: string
  readonly #settings: AwsSettings

  constructor(settings: AwsSettings) {
    this.name = `aws/${createHash('sha256').update(settings.arn).digest('hex').slice(0, 16)}`
    this.#settings = settings
  }

  named(name: string): KmsProvider | undefined {
    return name === this.name ? this : undefined
  }

  wrap(plain: Buffer, place: KekPlace): Promise<Buffer> {
    const { arn } = this.#settings
    return this.#ask(async ({ client, EncryptCommand }, abortSignal) => {
      const asked = new EncryptCommand({ KeyId: arn, Plaintext: plain, EncryptionContext: contextOf(place) })
      const { KeyId, CiphertextBlob } = await client.send(asked, { abortSignal })
      return this.#checked(KeyId, CiphertextBlob)
    })
  }

  unwrap(wrapped: Buffer, place: KekPlace): Promise<Buffer> {
    const { arn } = this.#settings
    return this.#ask(async ({ client, DecryptCommand }, abortSignal) => {
      const asked = new DecryptCommand({
        KeyId: arn,
        CiphertextBlob: wrapped,
        EncryptionContext: contextOf(place),
      })
      const { KeyId, Plaintext } = await client.send(asked, { abortSignal })
      return this.#checked(KeyId, Plaintext)
    })
  }

  #checked(keyId: string | undefined, bytes: Uint8Array | undefined): Buffer {
    if (keyId !== this.#settings.arn || bytes === undefined || bytes.length === 0)
      throw new KmsError('wrong-answer')
    const own = Buffer.from(bytes)
    bytes.fill(0)
    return own
  }

  /** With a client of its own each time, so that credentials which were renewed meanwhile count. */
  #ask<T>(call: (sdk: Sdk & { client: KMSClient }, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { region, url, credentialsFile, patience = USUAL_PATIENCE } = this.#settings
    return attempted(patience, async (signal) => {
      const sdk = await import('@aws-sdk/client-kms')
      const agent = agentFor(this.#settings)
      const client = new sdk.KMSClient({
        region,
        endpoint: url.origin,
        credentials: credentialsOf(readSecret(credentialsFile)),
        maxAttempts: 1,
        requestHandler: { httpAgent: agent, httpsAgent: agent },
      })
      try {
        return await call({ ...sdk, client }, signal)
      } catch (error) {
        throw refusalOf(error)
      } finally {
        client.destroy()
      }
    })
  }
}

type Sdk = typeof import('@aws-sdk/client-kms')

const contextOf = ({ installation, kekId }: KekPlace): Record<string, string> => ({
  'chartward:installation': installation,
  'chartward:kek': kekId,
})

/** The three values of `[default]`; a line that it does not know is passed over. */
const credentialsOf = (
  text: string,
): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } => {
  const [, section = ''] = /^[ \t]*\[default\][ \t]*$([^[]*)/m.exec(text) ?? []
  const given = (name: string): string | undefined =>
    new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(\\S+)[ \\t]*\\r?$`, 'm').exec(section)?.[1]
  const [accessKeyId, secretAccessKey] = [given('aws_access_key_id'), given('aws_secret_access_key')]
  const sessionToken = given('aws_session_token')
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new KmsError('credentials')
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

/** By the errors of KMS's API for Encrypt and Decrypt, and those that all services have. */
const OF_NAME: Readonly<Record<string, KmsProblem>> = {
  DisabledException: 'disabled',
  NotFoundException: 'disabled',
  KMSInvalidStateException: 'disabled',
  AccessDeniedException: 'denied',
  UnrecognizedClientException: 'denied',
  InvalidClientTokenId: 'denied',
  ExpiredTokenException: 'denied',
  InvalidSignatureException: 'denied',
  IncompleteSignature: 'denied',
  MissingAuthenticationToken: 'denied',
  ThrottlingException: 'throttled',
  LimitExceededException: 'throttled',
  InvalidKeyUsageException: 'wrong-answer',
}

const refusalOf = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  if (error.name === 'InvalidCiphertextException' || error.name === 'IncorrectKeyException')
    return new CryptoError('unwrap-failed', 'the wrapped key does not unwrap under this key')
  const problem = OF_NAME[error.name]
  return problem === undefined ? error : new KmsError(problem)
}
