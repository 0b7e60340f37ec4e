import { join } from 'node:path'
import { isLoopback } from '../../core/network.ts'
import type { NamedNetworks } from '../../core/outbound/addresses.ts'

/** Which key store holds the root, as the operator has named it; `openKms` opens it. */
export type KmsSettings =
  | { readonly kind: 'local'; readonly file: string }
  | { readonly kind: 'passphrase'; readonly file: string; readonly passphraseFile: string | undefined }
  | {
      readonly kind: 'aws'
      readonly arn: string
      readonly region: string
      readonly url: URL
      readonly credentialsFile: string
      readonly ca: string | undefined
      readonly named: NamedNetworks
    }
  | {
      readonly kind: 'vault'
      readonly url: URL
      readonly mount: string
      readonly key: string
      readonly namespace: string | undefined
      readonly tokenFile: string
      readonly ca: string | undefined
      readonly named: NamedNetworks
    }
  | {
      readonly kind: 'pkcs11'
      readonly module: string
      readonly token: string
      readonly key: string
      readonly pinFile: string
    }

/** The values of the settings; `name` is that of the first of them, for sentences. */
export interface KmsTexts {
  readonly name: 'CHARTWARD_KMS' | 'CHARTWARD_KMS_NEXT'
  readonly text: string
  readonly secretFile: string | undefined
  readonly endpoint: string | undefined
  /** What the file of authorities holds (PEM). */
  readonly ca: string | undefined
  readonly keyFolder: string
  readonly named: NamedNetworks
}

/** A sentence for the operator, which repeats no value. */
export class KmsSettingsError extends Error {
  override readonly name = 'KmsSettingsError'
}

const ARN =
  /^arn:(aws|aws-cn|aws-us-gov|aws-iso[a-z-]*|aws-eusc):kms:([a-z0-9-]{3,32}):\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/
const HOST_OF: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-eusc': 'amazonaws.eu',
}

/**
 * Parses one of:
 *
 *     local                            kms.key in the key folder
 *     local:FILE
 *     passphrase                       kms.passphrase in the key folder
 *     passphrase:FILE
 *     arn:aws:kms:REGION:ACCOUNT:key/ID
 *     vault:https://HOST:8200/MOUNT/KEY[?namespace=NAME]
 *     pkcs11:token=LABEL;object=LABEL?module-path=FILE      (RFC 7512; no other attribute)
 *
 * Throws KmsSettingsError.
 */
export const readKmsSettings = (texts: KmsTexts): KmsSettings => {
  const { text } = texts
  const [, kind = '', rest = ''] = /^([a-z0-9]+)(?::(.*))?$/s.exec(text) ?? []
  if (kind === 'local') return { kind, file: rest === '' ? join(texts.keyFolder, 'kms.key') : rest }
  if (kind === 'passphrase') {
    const file = rest === '' ? join(texts.keyFolder, 'kms.passphrase') : rest
    return { kind, file, passphraseFile: texts.secretFile }
  }
  if (kind === 'arn') return awsSettings(texts)
  if (kind === 'vault') return vaultSettings(texts, rest)
  if (kind === 'pkcs11') return pkcs11Settings(texts)
  throw new KmsSettingsError(
    `${texts.name} begins with local, passphrase, arn:aws:kms, vault: or pkcs11:, as docs/deploy.md shows.`,
  )
}

const secretOf = ({ name, secretFile }: KmsTexts, what: string): string => {
  if (secretFile === undefined)
    throw new KmsSettingsError(`Set ${name}_SECRET_FILE to the file with ${what}, of mode 0600.`)
  return secretFile
}

const urlOf = (name: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url?.protocol === 'http:' && isLoopback(url.hostname)
  if (
    url === undefined ||
    !(url.protocol === 'https:' || isPlain) ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new KmsSettingsError(
      `${name} names an address that begins with https:// (http:// on loopback alone) and holds no password.`,
    )
  return url
}

const awsSettings = (texts: KmsTexts): KmsSettings => {
  const { name, text, endpoint, ca, named } = texts
  const [, partition, region] = ARN.exec(text) ?? []
  if (partition === undefined || region === undefined)
    throw new KmsSettingsError(
      `${name} is not the ARN of a key of AWS KMS, arn:aws:kms:REGION:ACCOUNT:key/ID. An alias is none: it can be pointed at another key.`,
    )
  const url = endpoint ?? `https://kms.${region}.${HOST_OF[partition] ?? 'amazonaws.com'}`
  return {
    kind: 'aws',
    arn: text,
    region,
    url: urlOf(`${name}_ENDPOINT`, url),
    credentialsFile: secretOf(texts, 'the credentials for AWS'),
    ca,
    named,
  }
}

const vaultSettings = (texts: KmsTexts, rest: string): KmsSettings => {
  const { name, ca, named } = texts
  const url = urlOf(name, rest)
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const key = parts.pop()
  const isName = (part: string): boolean => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part)
  if (key === undefined || parts.length === 0 || ![key, ...parts].every(isName))
    throw new KmsSettingsError(
      `${name} is vault:, the server's address, the mount of its Transit engine and the key's name, such as vault:https://vault.example:8200/transit/chartward.`,
    )
  return {
    kind: 'vault',
    url: new URL(url.origin),
    mount: parts.join('/'),
    key,
    namespace: url.searchParams.get('namespace') ?? undefined,
    tokenFile: secretOf(texts, 'the token for Vault'),
    ca,
    named,
  }
}

const pkcs11Settings = (texts: KmsTexts): KmsSettings => {
  const { name, text } = texts
  const form = /^pkcs11:token=([^;?&]+);object=([^;?&]+)\?module-path=([^;?&]+)$/.exec(text)
  const [token, key, module] = (form ?? []).slice(1).map(decoded)
  if (token === undefined || key === undefined || module === undefined)
    throw new KmsSettingsError(
      `${name} is pkcs11:token=LABEL;object=LABEL?module-path=FILE, in this order, with what is not a letter or digit as %20 and the like (RFC 7512).`,
    )
  return { kind: 'pkcs11', module, token, key, pinFile: secretOf(texts, "the token's PIN") }
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
