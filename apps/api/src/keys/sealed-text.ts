import { CryptoError } from '@chartward/crypto'
import { ChartwardError } from '../core/errors.ts'
import type { Keyring } from './keyring.ts'

/** The one place in which a text that somebody typed opens. */
interface TextPlace {
  readonly table:
    | 'role_assignments'
    | 'role_versions'
    | 'approvals'
    | 'export_requests'
    | 'break_glass_grants'
    | 'covers'
    | 'people_changes'
    | 'passkeys'
    | 'lockdown_acts'
    | 'legal_holds'
    | 'key_rotations'
  readonly column: 'reason' | 'end_reason' | 'decision_reason' | 'purpose' | 'note' | 'name'
  readonly rowId: string
}

const bindingOf = ({ table, column, rowId }: TextPlace) => ({
  purpose: 'reason',
  table,
  fieldClass: column,
  rowId,
  rowVersion: 1,
})

/** Seals what somebody typed: nothing can stop a person from naming a patient in it. */
export const sealText = (keyring: Keyring, place: TextPlace, text: string): Buffer =>
  keyring.seal('reasons', bindingOf(place), Buffer.from(text))

/** Opens it in its place. Throws INTEGRITY for what was put there by another hand. */
export const openText = async (keyring: Keyring, place: TextPlace, sealed: Uint8Array): Promise<string> => {
  try {
    return (await keyring.open('reasons', bindingOf(place), sealed)).toString()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY', undefined, { cause: error })
  }
}

/**
 * What stands in a list in the place of a text that does not open: one row is not to take the others along.
 */
export const UNREADABLE = 'This text does not open: it was changed outside Chartward.'

/** The same for showing, where one text of many may not open. */
export const showText = async (keyring: Keyring, place: TextPlace, sealed: Uint8Array): Promise<string> => {
  try {
    return await openText(keyring, place, sealed)
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'INTEGRITY') return UNREADABLE
    throw error
  }
}

/** The same of a text that may be missing. */
export const showTextOrNull = async (
  keyring: Keyring,
  place: TextPlace,
  sealed: Uint8Array | null,
): Promise<string | null> => (sealed === null ? null : showText(keyring, place, sealed))
