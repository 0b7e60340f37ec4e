import { uuidv7 } from 'uuidv7'

export { id as idSchema } from '@chartward/contract'

/**
 * Ids are made here, before a row is encrypted, so that they can be bound into its ciphertext: of the kind
 * that is wanted where it stands.
 */
export const newId = <T extends string = string>(): T => uuidv7() as T
