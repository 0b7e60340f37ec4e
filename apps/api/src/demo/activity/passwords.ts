import { randomBytes } from 'node:crypto'

/** One that the policy takes. A demo's are shown to whoever starts it, or to nobody. */
export const newPassword = (): string => `Demo-${randomBytes(9).toString('base64url')}-7`
