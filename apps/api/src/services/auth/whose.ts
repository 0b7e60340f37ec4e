import { addressKey } from '@chartward/contract'
import type { schema } from '@chartward/db'
import type { App } from '../../app.ts'

/**
 * An address as it was typed, and at which door: that for staff, or that for patients. Somebody may stand at
 * both with one address, and neither tells of the other.
 */
export interface Whose {
  readonly email: string
  readonly kind: (typeof schema.users.$inferSelect)['kind']
}

/** What the MAC is over by which the account of a patient's address is found. */
const textOf = (email: string): string => `patient-address\0${addressKey(email)}`

const keyOf = (mac: Buffer): string => `patient/${mac.toString('hex')}`

/** What stands in the row of an account in the place of a patient's address: nobody reads it off. */
export const patientAddressKey = ({ keyring }: Pick<App, 'keyring'>, email: string): string =>
  keyOf(keyring.mac('tokens', textOf(email)))

/** What an account's row may have as its address's key, under every key of tokens that still counts. */
export const addressKeysOf = ({ keyring }: Pick<App, 'keyring'>, { email, kind }: Whose): string[] =>
  kind === 'patient' ? keyring.macs('tokens', textOf(email)).map(keyOf) : [addressKey(email)]

/** What guesses at the password of an address are counted by. */
export const guessedAt = ({ email, kind }: Whose): string =>
  kind === 'patient' ? textOf(email) : addressKey(email)
