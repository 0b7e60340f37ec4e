import { uuidv7 } from 'uuidv7'
import { z } from 'zod'

/** Ids are made here, before a row is encrypted, so that they can be bound into its ciphertext. */
export const newId = (): string => uuidv7()

/** An id as input: a UUID, in lower case. */
export const idSchema = z.guid().transform((id) => id.toLowerCase())
