import { describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment } from '../../env.ts'

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const kms = (text: string | undefined, more: Readonly<Record<string, string>> = {}) =>
  readEnvironment('/data', {
    ...(text === undefined ? {} : { CHARTWARD_KMS: text }),
    CHARTWARD_KMS_SECRET_FILE: '/etc/secret',
    ...more,
  }).kms

describe('the key store that is set', () => {
  it.each([
    ['local', { kind: 'local', file: '/data/keys/kms.key' }],
    ['local:/etc/root.key', { kind: 'local', file: '/etc/root.key' }],
    ['passphrase', { kind: 'passphrase', file: '/data/keys/kms.passphrase', passphraseFile: '/etc/secret' }],
    [ARN, { kind: 'aws', arn: ARN, region: 'eu-central-1', credentialsFile: '/etc/secret' }],
    [
      'vault:https://vault.example:8200/team/transit/chartward?namespace=health',
      {
        kind: 'vault',
        mount: 'team/transit',
        key: 'chartward',
        namespace: 'health',
        tokenFile: '/etc/secret',
      },
    ],
    [
      'pkcs11:token=our%20token;object=root?module-path=/usr/lib/softhsm/libsofthsm2.so',
      { kind: 'pkcs11', token: 'our token', key: 'root', module: '/usr/lib/softhsm/libsofthsm2.so' },
    ],
  ])('is %s', (text, wanted) => {
    expect(kms(text).current).toMatchObject(wanted)
  })

  it('is the key folder’s file unless told, none is next, and KEKs are held for a day', () => {
    expect(kms(undefined)).toEqual({ current: null, next: null, holdMs: 86_400_000 })
    expect(kms('local', { CHARTWARD_KMS_NEXT: 'local:/new.key' }).next).toEqual({
      kind: 'local',
      file: '/new.key',
    })
  })

  it('is asked at the endpoint of its region and partition, or the one that is named', () => {
    const url = (text: string, more = {}) => {
      const { current } = kms(text, more)
      return current?.kind === 'aws' ? current.url.origin : null
    }
    expect(url(ARN)).toBe('https://kms.eu-central-1.amazonaws.com')
    expect(url(ARN.replace('aws:kms:eu-central-1', 'aws-cn:kms:cn-north-1'))).toBe(
      'https://kms.cn-north-1.amazonaws.com.cn',
    )
    const named = { CHARTWARD_KMS_ENDPOINT: 'https://vpce-1.kms.eu-central-1.vpce.amazonaws.com' }
    expect(url(ARN, named)).toBe(named.CHARTWARD_KMS_ENDPOINT)
  })

  it.each([
    'azure:https://x',
    'arn:aws:kms:eu-central-1:111122223333:alias/chartward',
    'arn:aws:s3:::bucket',
    'vault:http://vault.example:8200/transit/chartward',
    'vault:https://vault.example:8200/chartward',
    'vault:https://token@vault.example:8200/transit/chartward',
    'vault:https://vault.example:8200/transit/chart%2Fward',
    'pkcs11:token=a;object=b',
    'pkcs11:token=a;object=b?module-path=/x.so&pin-value=1234',
    'local;rm',
  ])('is refused as %s, which is not repeated', (text) => {
    expect(() => kms(text)).toThrow(EnvironmentError)
    expect(() => kms(text)).toThrow(/CHARTWARD_KMS/)
    expect(() => kms(text)).not.toThrow(text)
  })

  it.each([
    ARN,
    'vault:https://vault.example:8200/transit/chartward',
    'pkcs11:token=a;object=b?module-path=/x.so',
  ])('wants its secret in a file: %s', (text) => {
    expect(() => kms(text, { CHARTWARD_KMS_SECRET_FILE: '' })).toThrow('CHARTWARD_KMS_SECRET_FILE')
  })

  it('is not asked beyond loopback in the clear, nor held for as long as one likes', () => {
    expect(() => kms(ARN, { CHARTWARD_KMS_ENDPOINT: 'http://kms.internal' })).toThrow(EnvironmentError)
    expect(kms(ARN, { CHARTWARD_KMS_ENDPOINT: 'http://127.0.0.1:9' }).current).toMatchObject({ kind: 'aws' })
    for (const hours of ['0', '169', 'always'])
      expect(() => kms('local', { CHARTWARD_KMS_HOLD_HOURS: hours })).toThrow('CHARTWARD_KMS_HOLD_HOURS')
  })
})
