import { bytesToUuid, uuidToBytes } from '@chartward/crypto'

const ID_BYTES = 16
/** Half a SHA-256 names what a key is wrapped as: nobody finds another that has the same. */
const HASH_BYTES = 16

/** Keys, and the hash in hex of what each is wrapped as, in one text: base64 of 32 bytes for each. */
export const packRewrapped = (keys: readonly { readonly id: string; readonly hash: string }[]): string =>
  Buffer.concat(
    keys.flatMap(({ id, hash }) => [uuidToBytes(id), Buffer.from(hash, 'hex').subarray(0, HASH_BYTES)]),
  ).toString('base64')

/** The keys of such a text: the id of each, and the beginning of its hash in hex. */
export const rewrappedKeys = (packed: string): { readonly id: string; readonly hash: string }[] => {
  const bytes = Buffer.from(packed, 'base64')
  const found: { id: string; hash: string }[] = []
  for (let at = 0; at + ID_BYTES + HASH_BYTES <= bytes.length; at += ID_BYTES + HASH_BYTES)
    found.push({
      id: bytesToUuid(bytes.subarray(at, at + ID_BYTES)),
      hash: bytes.toString('hex', at + ID_BYTES, at + ID_BYTES + HASH_BYTES),
    })
  return found
}
