import { exactToken, normaliseIdentifier, normaliseName } from '@chartward/crypto'
import { byteaArray, RowsNotStored, type Transaction } from '@chartward/db'
import { type ClaimKeyKind, claimKeys, type RecordFields } from '@chartward/fhir'
import type { PatientId, RecordId, ResourceType } from '@chartward/policy'
import type { Keyring } from '../keys/keyring.ts'

interface ClaimToken {
  readonly kind: ClaimKeyKind
  readonly token: Buffer
}

/** The form in which each is compared: two spellings that a person would call the same are one. */
const NORMAL: Readonly<Record<ClaimKeyKind, (value: string) => string>> = {
  number: normaliseIdentifier,
  payer: normaliseName,
  'payer-entry': (id) => id,
  month: (month) => month,
  answers: (id) => id,
}

export const normalClaimKey = (kind: ClaimKeyKind, value: string): string => NORMAL[kind](value)

const tokenUnder = (key: Uint8Array, kind: ClaimKeyKind, normal: string): Buffer =>
  exactToken(key, `claim:${kind}`, normal)

/**
 * The tokens that one version of a record is found by under a version of the index's key: none for what is no
 * claim and answers none.
 */
export const claimTokensOf = (key: Uint8Array, type: ResourceType, fields: RecordFields): ClaimToken[] => {
  const found = new Map<string, ClaimToken>()
  for (const { kind, value } of claimKeys(type, fields)) {
    const normal = normalClaimKey(kind, value)
    if (normal !== '') found.set(`${kind} ${normal}`, { kind, token: tokenUnder(key, kind, normal) })
  }
  return [...found.values()]
}

/** The tokens of values in normal form under each version of the key that counts. */
export const soughtClaimTokens = (
  keyring: Keyring,
  kind: ClaimKeyKind,
  normals: readonly string[],
): Buffer[] =>
  keyring
    .tokenKeys('blind-index')
    .flatMap(({ key }) => normals.map((normal) => tokenUnder(key, kind, normal)))

interface Written {
  readonly recordId: RecordId
  readonly type: ResourceType
  readonly fields: RecordFields
  readonly isNew: boolean
}

/**
 * Puts the tokens by which claims are found in the place of those of their versions before, in the caller's
 * transaction: what a version that is no longer current said finds nothing.
 */
export const replaceClaimTokens = async (
  tx: Transaction,
  keyring: Keyring,
  patientId: PatientId,
  written: readonly Written[],
): Promise<void> => {
  const { key, version } = keyring.tokenKey('blind-index')
  const rows = written.flatMap(({ recordId, type, fields }) =>
    claimTokensOf(key, type, fields).map((made) => ({ recordId, ...made })),
  )
  const before = written
    .filter(({ isNew, type }) => !isNew && hasTokens(type))
    .map(({ recordId }) => recordId)
  if (before.length > 0)
    await tx.sql`
      delete from claim_tokens where patient_id = ${patientId} and record_id = any(${before}::uuid[])`
  if (rows.length === 0) return
  // A patient has a few of these: one statement costs less than a COPY and its table.
  const { count } = await tx.sql`
    insert into claim_tokens (patient_id, record_id, kind, key_version, token)
    select ${patientId}, made.record_id, made.kind, ${version}, made.token
    from unnest(
      ${rows.map(({ recordId }) => recordId)}::uuid[], ${rows.map(({ kind }) => kind)}::text[],
      ${byteaArray(
        tx.sql,
        rows.map(({ token }) => token),
      )}
    ) made (record_id, kind, token)`
  if (count !== rows.length) throw new RowsNotStored()
}

/** The types of which there may be tokens. */
export const TOKEN_TYPES: readonly ResourceType[] = ['Claim', 'ClaimResponse', 'ExplanationOfBenefit']
const hasTokens = (type: ResourceType): boolean => TOKEN_TYPES.includes(type)

/** A record of a patient, as an index names it. */
export interface RecordPlace {
  readonly patient_id: PatientId
  readonly record_id: RecordId
}

/** The responses of these patients that have one of the tokens: what came of claims. */
export const selectAnswers = (
  tx: Transaction,
  patientIds: readonly PatientId[],
  tokens: readonly Buffer[],
  limit: number,
): Promise<RecordPlace[]> => tx.sql<RecordPlace[]>`
  select patient_id, record_id from claim_tokens
  where patient_id = any(${[...patientIds]}::uuid[]) and kind = 'answers'
    and token = any(${byteaArray(tx.sql, tokens)})
  order by record_id desc limit ${limit}`
