import { exactToken, nameTokens, normaliseIdentifier } from '@chartward/crypto'
import { type CopyValue, insertRows, type Transaction } from '@chartward/db'
import { isWithdrawn, type RecordFields, searchValues } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import type { Keyring } from '../keys/keyring.ts'

interface SearchToken {
  readonly field: string
  readonly token: Buffer
}

/**
 * The tokens that a patient is found by under a version of the index's key: made of the Patient record. What
 * has neither letter nor digit, such as an MRN of `-`, has none; by a record that was withdrawn nobody is
 * found.
 */
export const searchTokensOf = (key: Uint8Array, fields: RecordFields, nameBits: number): SearchToken[] =>
  (isWithdrawn(fields) ? [] : searchValues('Patient', fields)).flatMap(({ field, kind, values }) => {
    const tokens =
      kind === 'name'
        ? nameTokens(key, field, values, nameBits)
        : values
            .map(normaliseIdentifier)
            .filter((value) => value !== '')
            .map((value) => exactToken(key, field, value))
    return tokens.map((token) => ({ field, token }))
  })

/** What making tokens needs of the application. */
export interface SearchParts {
  readonly keyring: Keyring
  readonly settings: { readonly nameBits: number }
}

/**
 * Puts the tokens by which a patient is found in the place of those that are there, in the caller's
 * transaction: made of the Patient record as it now is, with the index's key in force.
 */
export const replaceSearchTokens = async (
  tx: Transaction,
  { keyring, settings }: SearchParts,
  patientId: PatientId,
  fields: RecordFields,
  isNew: boolean,
): Promise<void> => {
  if (!isNew) await tx.sql`delete from search_tokens where patient_id = ${patientId}`
  const { key, version } = keyring.tokenKey('blind-index')
  const rows = searchTokensOf(key, fields, settings.nameBits).map(({ field, token }): CopyValue[] => [
    patientId,
    field,
    version,
    token,
  ])
  await insertRows(
    tx,
    'search_tokens',
    { patient_id: 'uuid', field: 'text', key_version: 'int2', token: 'bytea' },
    rows,
    'on conflict do nothing',
  )
}
