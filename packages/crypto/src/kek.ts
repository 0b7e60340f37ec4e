import { hash } from 'node:crypto'
import { CryptoError } from './errors.ts'
import type { DataKey } from './keys.ts'
import type { KmsProvider } from './kms.ts'
import { KEY_BYTES, requireUsableKey } from './secret-key.ts'
import { bytesToUuid, UUID_BYTES, uuidToBytes } from './uuid.ts'

const LABEL = 'chartward/v1/kek/'
const OWNER_BYTES = 32
const PLACED_BYTES = OWNER_BYTES + UUID_BYTES + KEY_BYTES

/**
 * A KEK, wrapped by the provider: `SHA-256(label | installation)(32) | id(16) | key(32)`. What a provider
 * binds besides is its own; these bytes are looked at by us, so that nobody's answer is taken for another's.
 */
export const wrapKek = async (kms: KmsProvider, kek: DataKey, installation: string): Promise<Buffer> => {
  requireUsableKey(kek.key)
  const plain = Buffer.concat([ownerOf(installation), uuidToBytes(kek.id), kek.key])
  try {
    return await kms.wrap(plain, { installation, kekId: kek.id })
  } finally {
    plain.fill(0)
  }
}

/**
 * Undo `wrapKek`. `unwrap-failed` for a wrong root or changed bytes; `kms-wrong-answer` where the provider
 * gives something that is no KEK, `kms-other-key` where it gives that of another id (a provider that is
 * mistaken, or rows that have changed places), `kms-other-installation` where it is another installation's.
 */
export const unwrapKek = async (
  kms: KmsProvider,
  id: string,
  wrapped: Buffer,
  installation: string,
): Promise<DataKey> => {
  const kekId = bytesToUuid(uuidToBytes(id))
  const plain = await kms.unwrap(wrapped, { installation, kekId })
  try {
    return { id: kekId, key: keyOf(plain, kekId, installation) }
  } finally {
    plain.fill(0)
  }
}

const keyOf = (plain: Buffer, id: string, installation: string): Buffer => {
  if (plain.length !== PLACED_BYTES) throw wrongAnswer()
  if (!plain.subarray(0, OWNER_BYTES).equals(ownerOf(installation)))
    throw new CryptoError(
      'kms-other-installation',
      'the key store answers with a key of another installation: compare the settings, and the log origin of this database, with those it was set up with',
    )
  if (!plain.subarray(OWNER_BYTES, OWNER_BYTES + UUID_BYTES).equals(uuidToBytes(id)))
    throw new CryptoError(
      'kms-other-key',
      'the key store answers with another key than the one asked for: its rows were changed in the database, or the store can not be trusted',
    )
  const key = Buffer.alloc(KEY_BYTES)
  key.set(plain.subarray(OWNER_BYTES + UUID_BYTES))
  requireUsableKey(key)
  return key
}

const ownerOf = (installation: string): Buffer => {
  if (installation === '') throw new CryptoError('invalid-argument', 'a KEK belongs to an installation')
  return hash('sha256', `${LABEL}${installation}`, 'buffer')
}

const wrongAnswer = (): CryptoError =>
  new CryptoError('kms-wrong-answer', 'the key store answers with something that is no key of Chartward')
