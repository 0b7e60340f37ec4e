import { uuidv7 } from 'uuidv7'

export { id as idSchema, userId as userIdSchema } from '@chartward/contract'

/**
 * Ids are made here, before a row is encrypted, so that they can be bound into its ciphertext: of the kind
 * that is wanted where it stands.
 */
export const newId = <T extends string = string>(): T => uuidv7() as T

/** The id that nothing has, of the kind that is wanted where it stands (RFC 9562 section 5.9). */
export const nilId = <T extends string = string>(): T => '00000000-0000-0000-0000-000000000000' as T
