import { createHash } from 'node:crypto'
import { bytesToUuid } from '@chartward/crypto'
import { uuidv7 } from 'uuidv7'

export { id as idSchema, userId as userIdSchema } from '@chartward/contract'

/**
 * Ids are made here, before a row is encrypted, so that they can be bound into its ciphertext: of the kind
 * that is wanted where it stands.
 */
export const newId = <T extends string = string>(): T => uuidv7() as T

/** The id that stands for a name, always the same (UUIDv8 of its SHA-256, RFC 9562 section 5.8). */
export const namedId = (name: string): string => {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytesToUuid(bytes)
}

/** The id that nothing has, of the kind that is wanted where it stands (RFC 9562 section 5.9). */
export const nilId = <T extends string = string>(): T => '00000000-0000-0000-0000-000000000000' as T
