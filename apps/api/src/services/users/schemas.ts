import { z } from 'zod'

/** Why something was done, in the words of whoever did it. Kept as a note beside the audit entry, or with the assignment. */
export const reasonSchema = z.string().trim().min(3).max(500)
export const displayNameSchema = z.string().trim().min(1).max(120)
export const newEmailSchema = z.string().trim().max(254).pipe(z.email())
