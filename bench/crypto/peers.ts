import { randomBytes } from 'node:crypto'
import { decryptStringSync, encryptStringSync, generateKey, parseKeySync } from '@47ng/cloak'
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node'
import type { Field } from './fields.ts'

/** @47ng/cloak with a key that was parsed beforehand. It has no associated data. */
export const cloak = () => {
  const key = parseKeySync(generateKey())
  return {
    encrypt: ({ text }: Field): string => encryptStringSync(text, key),
    decrypt: (sealed: string): string => decryptStringSync(sealed, key),
  }
}

/** More than are ever asked of it: a data key is made once and served from the cache afterwards. */
const MOST_KEYS = 1000
const KEPT_MS = 60 * 60_000

/**
 * The AWS Encryption SDK with a raw AES keyring and a caching materials manager, so that nothing of it waits
 * for a network. Its quickest suite with a key commitment, without the signature that it adds unless told:
 * and the context names no row, since with one the cache would never have what is asked for.
 */
export const awsEncryptionSdk = () => {
  const keyring = new RawAesKeyringNode({
    keyNamespace: 'bench',
    keyName: 'field',
    unencryptedMasterKey: new Uint8Array(randomBytes(32)),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  })
  const materials = new NodeCachingMaterialsManager({
    backingMaterials: keyring,
    cache: getLocalCryptographicMaterialsCache(MOST_KEYS),
    maxAge: KEPT_MS,
  })
  const client = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
  return {
    encrypt: async ({ plaintext, binding: { purpose, table, fieldClass } }: Field): Promise<Buffer> => {
      const { result } = await client.encrypt(materials, plaintext, {
        suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
        encryptionContext: { purpose, table, fieldClass },
        plaintextLength: plaintext.length,
      })
      return result
    },
    decrypt: async (sealed: Buffer): Promise<Buffer> => (await client.decrypt(materials, sealed)).plaintext,
  }
}
