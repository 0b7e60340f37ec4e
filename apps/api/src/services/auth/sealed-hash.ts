import { bytesToUuid, CryptoError, uuidToBytes } from '@chartward/crypto'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { Keyring } from '../../keys/keyring.ts'

/** Whose hash it is, and of which row. */
export interface HashPlace {
  readonly table: 'passwords' | 'recovery_codes'
  readonly userId: UserId
  readonly rowId: string
}

const UUID_BYTES = 16

/** The owner is associated data: a hash that is handed to another account does not open there. */
const bindingOf = ({ table, userId }: HashPlace) => ({
  purpose: 'credential-hash',
  table,
  fieldClass: 'hash',
  rowId: userId,
  rowVersion: 1,
})

/**
 * Seals what a secret is known by. The seal is the pepper: nothing keyed is under it, so that a new key is in
 * force once it is sealed anew, and nobody has to type anything (ADR 068). The row's id goes in with it: an
 * earlier hash of the same person does not open in the place of a later one.
 */
export const sealHash = (keyring: Keyring, place: HashPlace, hash: Uint8Array): Buffer =>
  keyring.seal('credential-hashes', bindingOf(place), Buffer.concat([uuidToBytes(place.rowId), hash]))

/** Opens it in its place. Throws INTEGRITY for what was put there by another hand. */
export const openHash = async (keyring: Keyring, place: HashPlace, sealed: Uint8Array): Promise<Buffer> => {
  const content = await opened(keyring, place, sealed)
  if (bytesToUuid(content.subarray(0, UUID_BYTES)) !== place.rowId) throw new ChartwardError('INTEGRITY')
  return content.subarray(UUID_BYTES)
}

const opened = async (keyring: Keyring, place: HashPlace, sealed: Uint8Array): Promise<Buffer> => {
  try {
    return await keyring.open('credential-hashes', bindingOf(place), sealed)
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY', undefined, { cause: error })
  }
}

/** The hash of a stored password. Throws INTEGRITY for one that is none of its owner's. */
export const openPassword = async (
  keyring: Keyring,
  { id, userId, hash }: { readonly id: string; readonly userId: UserId; readonly hash: Uint8Array },
): Promise<string> =>
  (await openHash(keyring, { table: 'passwords', userId, rowId: id }, hash)).toString('latin1')
