import { z } from 'zod'

/** Bounds, not rules: whether an address or a password is right is for the verb to say, in the same words for all. */
export const emailSchema = z.string().trim().min(3).max(254)
export const passwordSchema = z.string().min(1).max(512)
export const totpCodeSchema = z
  .string()
  .max(16)
  .transform((code) => code.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
export const recoveryCodeSchema = z.string().min(8).max(40)
/** What newToken() makes, or nearly: anything else is just another token that nobody holds. */
export const tokenSchema = z.string().min(1).max(128)
