import { toHex } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import { byteaArray, type Transaction } from '@chartward/db'
import type { PatientId, RecordId, ResourceType } from '@chartward/policy'
import { isResourceType } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { lockChart } from '../../../vault/chart/write-segments.ts'
import { replaceClaimTokens, TOKEN_TYPES } from '../../../vault/claim-tokens.ts'
import { replaceSearchTokens } from '../../../vault/search-tokens.ts'
import {
  npisIn,
  npiTokenUnder,
  openDirectoryFields,
  type StoredDirectoryRow,
  storedDirectoryHash,
} from '../../directory/directory.ts'
import { storedRecords } from '../../import/stored-versions.ts'
import { afterOf, FIRST_ID, type Rewrite } from './batch.ts'

/** As many patients in a transaction: their charts take no writes while it runs. */
const PATIENTS = 25
const ENTRIES = 200

/**
 * Makes anew the tokens by which patients and claims are found, patient by patient, from their records. Both
 * versions are looked for meanwhile, so nobody is missed by a search.
 */
export const retokenisePatients: Rewrite = async (tx, app, after) => {
  const { id: keyId, version } = app.keyring.tokenKey('blind-index')
  const rows = await tx.sql<{ id: PatientId }[]>`
    select patient_id as id from (
      (select distinct patient_id from search_tokens where key_version <> ${version} and patient_id > ${after ?? FIRST_ID}
        order by 1 limit ${PATIENTS})
      union
      (select distinct patient_id from claim_tokens where key_version <> ${version} and patient_id > ${after ?? FIRST_ID}
        order by 1 limit ${PATIENTS})) earlier
    order by 1 limit ${PATIENTS}`
  let done = 0
  for (const { id } of rows) if (await retokenise(tx, app, id, version)) done++
  return {
    after: afterOf(rows, PATIENTS),
    done,
    skipped: rows.length - done,
    tell:
      done === 0
        ? null
        : {
            action: 'key.resealed',
            resource: { type: 'Key', id: keyId },
            count: done,
            facts: { purpose: 'blind-index', table: 'search_tokens' },
          },
  }
}

/** Whether all that has tokens under an earlier key opened, and has them under the one in force now. */
const retokenise = async (
  tx: Transaction,
  app: App,
  patientId: PatientId,
  version: number,
): Promise<boolean> => {
  await lockChart(tx, patientId)
  const rows = await tx.sql<{ id: RecordId; resource_type: string; tokens: string }[]>`
    select id, resource_type, 'claim' as tokens from records r where patient_id = ${patientId}
      and resource_type = any(${[...TOKEN_TYPES]}) and exists (select from claim_tokens t
        where t.patient_id = r.patient_id and t.record_id = r.id and t.key_version <> ${version})
    union all
    select id, resource_type, 'search' from records r where patient_id = ${patientId} and resource_type = 'Patient'
      and exists (select from search_tokens t where t.patient_id = r.patient_id and t.key_version <> ${version})`
  const records = await storedRecords(
    tx,
    app.keyring,
    patientId,
    rows.map(({ id }) => id),
  )
  const opened = [...records.values()].filter(({ trusted }) => trusted)
  const typed = opened.flatMap(({ id, type, fields }) =>
    isResourceType(type) ? [{ recordId: id, type: type as ResourceType, fields, isNew: false }] : [],
  )
  const patient = typed.find(({ type }) => type === 'Patient')
  if (patient !== undefined) await replaceSearchTokens(tx, app, patientId, patient.fields, false)
  const claims = typed.filter(({ type }) => TOKEN_TYPES.includes(type))
  if (claims.length > 0) await replaceClaimTokens(tx, app.keyring, patientId, claims)
  return rows.length > 0 && opened.length === rows.length
}

/** The same of the directory's NPIs. */
export const retokeniseDirectory: Rewrite = async (tx, app, after) => {
  const { key, version } = app.keyring.tokenKey('blind-index')
  const rows = await tx.sql<(StoredDirectoryRow & { content: Buffer | null })[]>`
    select id, type, source_token, key_version, npi_token, npi_key_version, content_tag, trusted, content
    from directory_entries
    where npi_key_version <> ${version} and npi_token is not null and id > ${after ?? FIRST_ID}
    order by id limit ${ENTRIES} for update`
  const made: { id: string; token: Buffer; hash: string }[] = []
  for (const row of rows) {
    const token = await npiTokenOf(app, row, key)
    if (token === null) continue
    const hash = toHex(storedDirectoryHash({ ...row, npi_token: token, npi_key_version: version }))
    made.push({ id: row.id, token, hash })
  }
  if (made.length > 0)
    await tx.sql`
      update directory_entries d set npi_token = made.token, npi_key_version = ${version}::smallint
      from unnest(${made.map(({ id }) => id)}::uuid[], ${byteaArray(
        tx.sql,
        made.map(({ token }) => token),
      )}) made (id, token)
      where d.id = made.id`
  return {
    after: afterOf(rows, ENTRIES),
    done: made.length,
    skipped: rows.length - made.length,
    tell:
      made.length === 0
        ? null
        : {
            action: 'key.resealed',
            resource: { type: 'Directory', id: null },
            count: made.length,
            facts: {
              purpose: 'blind-index',
              entries: made.map(({ id }) => id),
              hashes: made.map(({ hash }) => hash),
            },
          },
  }
}

/** Null where the entry does not open, or names no NPI that its token could be of. */
const npiTokenOf = async (
  app: App,
  { id, type, content }: StoredDirectoryRow & { readonly content: Buffer | null },
  key: Uint8Array,
): Promise<Buffer | null> => {
  if (content === null || !isResourceType(type)) return null
  try {
    const [npi] = npisIn(type, await openDirectoryFields(app.keyring, id, content))
    return npi === undefined ? null : npiTokenUnder(key, npi)
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}
