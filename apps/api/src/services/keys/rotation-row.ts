import { schema } from '@chartward/db'

/** The rotations that run, wait or have ended. */
export const { keyRotations } = schema
export type RotationRow = typeof keyRotations.$inferSelect
