import { randomUUID } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KmsProvider, newDataKey, unwrapKek, wrapKek } from '@chartward/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NamedNetworks } from '../../core/outbound/addresses.ts'
import { type Certificate, makeCertificate } from '../../testing/certificate.ts'
import type { Patience } from './attempts.ts'
import { AwsKms } from './aws.ts'
import { ARN, type AwsServer, CREDENTIALS, REGION, startAws } from './testing/aws-server.ts'
import { startVault, TOKEN, type VaultServer } from './testing/vault-server.ts'
import { VaultKms } from './vault.ts'

const HERE = 'here.example/chartward'
const named = new NamedNetworks(['127.0.0.1'])
/** Long enough for an answer, and short enough for a test of one that does not come. */
const QUICK: Patience = { attemptMs: 400, wholeMs: 1500, pauseMs: 5 }

let folder: string
let certificate: Certificate
let aws: AwsServer
let vault: VaultServer
let secure: VaultServer
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
const credentials = (secret = CREDENTIALS.secret): string =>
  `# written by a timer\n[other]\naws_access_key_id = WRONG\n\n[default]\naws_access_key_id = ${CREDENTIALS.id}\naws_secret_access_key=${secret}\naws_session_token = ${CREDENTIALS.token}\nregion = nowhere\n`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-stores-'))
  certificate = await makeCertificate(folder)
  const tls = { key: readFileSync(certificate.keyFile), cert: readFileSync(certificate.certFile) }
  ;[aws, vault, secure] = await Promise.all([startAws(), startVault(), startVault(tls)])
})
afterAll(async () => {
  await Promise.all([aws.stop(), vault.stop(), secure.stop()])
  await rm(folder, { recursive: true, force: true })
})

const awsKms = (more: Partial<ConstructorParameters<typeof AwsKms>[0]> = {}): AwsKms =>
  new AwsKms({
    url: aws.url,
    named,
    arn: ARN,
    region: REGION,
    credentialsFile: join(folder, 'credentials'),
    patience: QUICK,
    ...more,
  })
const vaultKms = (more: Partial<ConstructorParameters<typeof VaultKms>[0]> = {}): VaultKms =>
  new VaultKms({
    url: vault.url,
    named,
    mount: 'transit',
    key: 'chartward',
    tokenFile: join(folder, 'token'),
    patience: QUICK,
    ...more,
  })

beforeEach(() => {
  file('credentials', credentials())
  file('token', `${TOKEN}\n`)
  for (const store of [aws, vault, secure])
    Object.assign(store, { asked: 0, trouble: null, refuses: null, answersWithFirst: false })
  aws.keyId = ARN
})

const wrapped = async (kms: KmsProvider) => {
  const kek = newDataKey(randomUUID())
  return { kek, bytes: await wrapKek(kms, kek, HERE) }
}
const refusal = (kms: KmsProvider, { kek, bytes }: Awaited<ReturnType<typeof wrapped>>, code: string) =>
  expect(unwrapKek(kms, kek.id, bytes, HERE)).rejects.toMatchObject({ code })

const STORES = [
  ['AWS KMS', () => awsKms(), () => aws],
  ['Vault Transit', () => vaultKms(), () => vault],
] as const

describe.each(STORES)('%s', (_, kms, store) => {
  it('unwraps what it wrapped, for this KEK and this installation', async () => {
    const { kek, bytes } = await wrapped(kms())
    expect(await unwrapKek(kms(), kek.id, bytes, HERE)).toEqual(kek)
    expect(bytes.includes(kek.key)).toBe(false)
  })

  it('refuses bytes in the place of another KEK, of another installation, or changed, by its own binding', async () => {
    const [one, two] = [await wrapped(kms()), await wrapped(kms())]
    await refusal(kms(), { kek: two.kek, bytes: one.bytes }, 'unwrap-failed')
    const place = { installation: 'there.example/chartward', kekId: one.kek.id }
    await expect(kms().unwrap(one.bytes, place)).rejects.toMatchObject({ code: 'unwrap-failed' })
    const changed = Buffer.from(one.bytes)
    const at = changed.length - 10
    changed[at] = changed[at] === 0x41 ? 0x42 : 0x41
    await refusal(kms(), { kek: one.kek, bytes: changed }, 'unwrap-failed')
  })

  it('is asked again where it throttles, fails or hangs up, and answers then', async () => {
    const one = await wrapped(kms())
    store().asked = 0
    store().troubles.push('throttled', 'failing', 'hang-up')
    expect(await unwrapKek(kms(), one.kek.id, one.bytes, HERE)).toEqual(one.kek)
    expect(store().asked).toBe(4)
  })

  it.each([
    ['throttled', 'throttled'],
    ['failing', 'failing'],
    ['hang-up', 'unreachable'],
    ['late', 'late'],
  ] as const)('that is always %s is given up in time', async (trouble, code) => {
    const one = await wrapped(kms())
    store().asked = 0
    store().trouble = trouble
    await refusal(kms(), one, code)
    expect(store().asked).toBeGreaterThan(1)
    expect(store().asked).toBeLessThanOrEqual(5)
  })

  it('that answers late once is asked again', async () => {
    const one = await wrapped(kms())
    store().troubles.push('late')
    expect(await unwrapKek(kms(), one.kek.id, one.bytes, HERE)).toEqual(one.kek)
  }, 30_000)

  it('is not believed where it answers with garbage, and not followed where it sends somewhere else', async () => {
    const one = await wrapped(kms())
    store().trouble = 'garbage'
    await refusal(kms(), one, 'wrong-answer')
    store().trouble = 'redirect'
    await expect(unwrapKek(kms(), one.kek.id, one.bytes, HERE)).rejects.toMatchObject({ name: 'KmsError' })
  })

  it('is not believed where it answers with the plaintext of another key', async () => {
    await wrapped(kms())
    const two = await wrapped(kms())
    store().answersWithFirst = true
    await refusal(kms(), two, 'kms-other-key')
  })

  it('is not asked with a secret that others could read, that is missing, or that is empty', async () => {
    const one = await wrapped(kms())
    store().asked = 0
    for (const name of ['credentials', 'token']) chmodSync(join(folder, name), 0o644)
    await refusal(kms(), one, 'credentials')
    for (const name of ['credentials', 'token']) await rm(join(folder, name))
    await refusal(kms(), one, 'credentials')
    for (const name of ['credentials', 'token']) file(name, '\n')
    await refusal(kms(), one, 'credentials')
    expect(store().asked).toBe(0)
  })

  it('is not reached where the operator has not named its address', async () => {
    const one = await wrapped(kms())
    store().asked = 0
    const nothing = { named: new NamedNetworks([]) }
    await refusal(store() === vault ? vaultKms(nothing) : awsKms(nothing), one, 'not-admitted')
    expect(store().asked).toBe(0)
  })

  it('says nothing of a secret or a key in its errors', async () => {
    const one = await wrapped(kms())
    Object.assign(vault, { token: 'another' })
    file('credentials', credentials('another/secret'))
    const error = await unwrapKek(kms(), one.kek.id, one.bytes, HERE).catch((thrown: unknown) => thrown)
    vault.token = TOKEN
    expect(error).toMatchObject({ code: 'denied' })
    const text = JSON.stringify(error, Object.getOwnPropertyNames(error)) + JSON.stringify(kms())
    for (const secret of [TOKEN, CREDENTIALS.secret, 'another', one.kek.key.toString('hex')])
      expect(text).not.toContain(secret)
  })
})

describe('AWS KMS', () => {
  it.each([
    ['DisabledException', 'disabled'],
    ['KMSInvalidStateException', 'disabled'],
    ['NotFoundException', 'disabled'],
    ['AccessDeniedException', 'denied'],
    ['ExpiredTokenException', 'denied'],
    ['IncorrectKeyException', 'unwrap-failed'],
  ])('that answers %s is said to be %s, and not asked again', async (name, code) => {
    const one = await wrapped(awsKms())
    Object.assign(aws, { asked: 0, refuses: name })
    await refusal(awsKms(), one, code)
    expect(aws.asked).toBe(1)
  })

  it('is not believed where it answers for another key', async () => {
    const one = await wrapped(awsKms())
    aws.keyId = ARN.replace('1234abcd', '4321abcd')
    await refusal(awsKms(), one, 'wrong-answer')
    await expect(wrapped(awsKms())).rejects.toMatchObject({ code: 'wrong-answer' })
  })

  it('takes credentials that were renewed meanwhile', async () => {
    const kms = awsKms()
    file('credentials', credentials('expired'))
    await expect(wrapped(kms)).rejects.toMatchObject({ code: 'denied' })
    file('credentials', credentials())
    const one = await wrapped(kms)
    expect(await unwrapKek(kms, one.kek.id, one.bytes, HERE)).toEqual(one.kek)
  })
})

describe('Vault Transit', () => {
  it.each([
    [400, 'encryption key not found', 'disabled'],
    [400, 'ciphertext or signature version is disallowed by policy (too old)', 'disabled'],
    [404, 'no handler for route "transit/decrypt/chartward"', 'disabled'],
    [403, 'permission denied', 'denied'],
    [400, 'cipher: message authentication failed', 'unwrap-failed'],
  ])('that answers %i: %s is said to be %s, and not asked again', async (status, text, code) => {
    const one = await wrapped(vaultKms())
    Object.assign(vault, { asked: 0, refuses: { status, errors: [text] } })
    await refusal(vaultKms(), one, code)
    expect(vault.asked).toBe(1)
  })

  it('is spoken to by TLS, its certificate known and of its name', async () => {
    const url = new URL(`https://${certificate.name}:${secure.url.port}`)
    const resolve = async () => ['127.0.0.1']
    const [kms, unknown] = [
      vaultKms({ url, resolve, ca: certificate.ca }),
      vaultKms({ url, resolve, ca: undefined }),
    ]
    const one = await wrapped(kms)
    expect(await unwrapKek(kms, one.kek.id, one.bytes, HERE)).toEqual(one.kek)
    secure.asked = 0
    await refusal(unknown, one, 'certificate')
    const other = new URL(`https://other.test:${secure.url.port}`)
    await refusal(vaultKms({ url: other, resolve, ca: certificate.ca }), one, 'certificate')
    expect(secure.asked).toBe(0)
  })

  it('is not spoken to beyond loopback without TLS', async () => {
    const one = await wrapped(vaultKms())
    const url = new URL('http://vault.internal:8200')
    const beyond = vaultKms({
      url,
      named: new NamedNetworks(['vault.internal']),
      resolve: async () => ['10.0.0.1'],
    })
    await refusal(beyond, one, 'not-admitted')
  })
})
