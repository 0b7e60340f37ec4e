import type { Connection } from '@chartward/db'
import type { PatientId, RecordId } from '@chartward/policy'
import type { Keyring } from '../../../keys/keyring.ts'
import { claimTokensOf, TOKEN_TYPES } from '../../../vault/claim-tokens.ts'
import type { OpenedRecord } from '../../../vault/open-record.ts'
import type { Findings } from '../integrity/findings.ts'

interface TokenRow {
  readonly record_id: RecordId
  readonly kind: string
  readonly key_version: number
  readonly token: Buffer
}

/**
 * Compares the tokens by which claims are found with those that their current versions make, under the
 * version of the key that each was made with. `current` are opened records of one patient.
 */
export const checkClaimTokens = async (
  sql: Connection['sql'],
  keyring: Keyring,
  patientId: PatientId,
  current: readonly OpenedRecord[],
  findings: Findings,
): Promise<void> => {
  const claims = current.filter(({ type }) => TOKEN_TYPES.includes(type))
  if (claims.length === 0) return
  const rows = await sql<TokenRow[]>`
    select record_id, kind, key_version, token from claim_tokens
    where patient_id = ${patientId} and record_id = any(${claims.map(({ id }) => id)}::uuid[])`
  const byRecord = Map.groupBy(rows, ({ record_id }) => record_id)
  const keys = new Map(keyring.tokenKeys('blind-index').map((key) => [key.version, key.key]))
  const inForce = keyring.tokenKey('blind-index').version
  for (const { id, type, fields } of claims) {
    const found = byRecord.get(id) ?? []
    const versions = new Set(found.map(({ key_version }) => key_version))
    const there = new Set(found.map(spelled))
    // One write makes all of a record's tokens, with one key.
    const key = versions.size > 1 ? undefined : keys.get([...versions][0] ?? inForce)
    const wanted = new Set(key === undefined ? [] : claimTokensOf(key, type, fields).map(spelled))
    const missing = [...wanted].filter((token) => !there.has(token)).length
    const extra = [...there].filter((token) => !wanted.has(token)).length
    if (missing + extra === 0) continue
    const detail = `record ${id} of patient ${patientId} lacks ${missing} tokens, and has ${extra} of no value`
    findings.add('claim-tokens-mismatch', detail)
  }
}

const spelled = ({ kind, token }: { kind: string; token: Buffer }): string =>
  `${kind} ${token.toString('hex')}`

/** Finds tokens that stand for a record that is no claim, or for none. */
export const checkUnownedClaimTokens = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<{ patient_id: PatientId; record_id: RecordId }[]>`
    select distinct patient_id, record_id from claim_tokens t where not exists (
      select from records r where r.patient_id = t.patient_id and r.id = t.record_id
        and r.resource_type = any(${[...TOKEN_TYPES]}))
    order by patient_id, record_id limit 100`
  for (const { patient_id, record_id } of rows)
    findings.add(
      'claim-tokens-mismatch',
      `there are tokens of record ${record_id} of patient ${patient_id}, which is no claim`,
    )
}
