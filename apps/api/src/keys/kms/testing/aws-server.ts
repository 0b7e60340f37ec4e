import { createHash, createHmac, randomBytes } from 'node:crypto'
import { kwpUnwrap, kwpWrap } from '@chartward/crypto'
import { type Answer, type Asked, type StoreServer, startStore } from './store-server.ts'

export const REGION = 'eu-central-1'
export const ARN = `arn:aws:kms:${REGION}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`
export const CREDENTIALS = { id: 'AKIDEXAMPLE', secret: 'a/secret+of/the+test', token: 'a-session-token' }

export interface AwsServer extends StoreServer {
  /** The error that the key, or whoever is asked, answers with; null while it is in use. */
  refuses: string | null
  /** The KeyId of its answers. */
  keyId: string
  /** Whether it answers a Decrypt with what it had encrypted first. */
  answersWithFirst: boolean
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/**
 * AWS Signature Version 4, worked out anew from the request: "Create a signed AWS API request" of IAM's
 * guide.
 */
const isSigned = ({ method, path, headers, body }: Asked): boolean => {
  const { authorization = '', 'x-amz-date': date } = headers
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
  const [, id, day = '', region = '', service = '', names = '', signature] = form.exec(authorization) ?? []
  if (id !== CREDENTIALS.id || region !== REGION || service !== 'kms' || typeof date !== 'string')
    return false
  if (!names.split(';').includes('host') || headers['x-amz-security-token'] !== CREDENTIALS.token)
    return false
  const canonical = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const request = [method, path, '', canonical.join(''), names, sha256(body)].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(request)].join('\n')
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${CREDENTIALS.secret}`, day))
  return hmac(key, toSign).toString('hex') === signature
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(value),
})
const refusal = (name: string, status = 400): Answer => json(status, { __type: name, message: 'refused' })

/** KMS's Encrypt and Decrypt (JSON 1.1) of one key, bound to the encryption context. */
export const startAws = async (): Promise<AwsServer> => {
  const root = randomBytes(32)
  let first: Buffer | undefined
  const contextHash = (context: Record<string, string>): Buffer =>
    createHash('sha256')
      .update(JSON.stringify(Object.entries(context).toSorted()))
      .digest()
  const answer = (asked: Asked): Answer => {
    if (!isSigned(asked)) return refusal('InvalidSignatureException')
    if (server.refuses !== null) return refusal(server.refuses)
    const { KeyId, Plaintext, CiphertextBlob, EncryptionContext } = JSON.parse(asked.body)
    if (KeyId !== ARN) return refusal('NotFoundException')
    const bound = contextHash(EncryptionContext ?? {})
    if (asked.headers['x-amz-target'] === 'TrentService.Encrypt') {
      const plain = Buffer.from(Plaintext, 'base64')
      first ??= plain
      const blob = kwpWrap(root, Buffer.concat([bound, plain]))
      return json(200, { KeyId: server.keyId, CiphertextBlob: blob.toString('base64') })
    }
    try {
      const opened = kwpUnwrap(root, Buffer.from(CiphertextBlob, 'base64'))
      if (!opened.subarray(0, 32).equals(bound)) return refusal('InvalidCiphertextException')
      const plain = server.answersWithFirst ? (first ?? opened) : opened.subarray(32)
      return json(200, { KeyId: server.keyId, Plaintext: plain.toString('base64') })
    } catch {
      return refusal('InvalidCiphertextException')
    }
  }
  const store = await startStore(answer, {
    throttled: refusal('ThrottlingException'),
    failing: refusal('KMSInternalException', 500),
  })
  const server: AwsServer = Object.assign(store, { refuses: null, keyId: ARN, answersWithFirst: false })
  return server
}
