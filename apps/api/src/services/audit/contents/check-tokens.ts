import type { Connection } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { Keyring } from '../../../keys/keyring.ts'
import type { OpenedRecord } from '../../../vault/open-record.ts'
import { searchTokensOf } from '../../../vault/search-tokens.ts'
import type { Findings } from '../integrity/findings.ts'

interface TokenRow {
  readonly field: string
  readonly key_version: number
  readonly token: Buffer
}

/**
 * Compares the tokens by which a patient is found with those that the Patient record makes, under each
 * version of the key that there are any of. `nameBits` are those that the tokens of names have.
 */
export const checkTokens = async (
  sql: Connection['sql'],
  keyring: Keyring,
  { patientId, fields }: OpenedRecord,
  nameBits: number,
  findings: Findings,
): Promise<void> => {
  const rows = await sql<TokenRow[]>`
    select field, key_version, token from search_tokens where patient_id = ${patientId}`
  const versions = new Map(keyring.tokenKeys('blind-index').map((key) => [key.version, key.key]))
  const found = Map.groupBy(rows, ({ key_version }) => key_version)
  if (rows.length === 0) found.set(keyring.tokenKey('blind-index').version, [])
  for (const [version, tokens] of found) {
    const key = versions.get(version)
    const wanted = new Set(key === undefined ? [] : searchTokensOf(key, fields, nameBits).map(spelled))
    const there = new Set(tokens.map(spelled))
    const missing = [...wanted].filter((token) => !there.has(token)).length
    const extra = [...there].filter((token) => !wanted.has(token)).length
    if (missing + extra === 0) continue
    const detail = `patient ${patientId} lacks ${missing} tokens of key version ${version}, and has ${extra} of no value`
    findings.add('search-tokens-mismatch', detail)
  }
}

const spelled = ({ field, token }: { field: string; token: Buffer }): string =>
  `${field} ${token.toString('hex')}`

/** Finds tokens of patients who have no Patient record that they could be made of. */
export const checkUnownedTokens = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<{ patient_id: PatientId }[]>`
    select distinct patient_id from search_tokens t where not exists (
      select from records r where r.patient_id = t.patient_id and r.resource_type = 'Patient')
    order by patient_id limit 100`
  for (const { patient_id } of rows)
    findings.add('search-tokens-mismatch', `there are tokens of patient ${patient_id}, who has no record`)
}
