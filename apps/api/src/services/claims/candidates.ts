import { exactToken } from '@chartward/crypto'
import { byteaArray, type Connection, type RowAccess, withTransaction } from '@chartward/db'
import { CLAIM_TYPES, type ClaimKeyKind } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { type RecordPlace, soughtClaimTokens } from '../../vault/claim-tokens.ts'
import type { DirectoryPayers } from './payers.ts'
import type { Wanted } from './wanted.ts'

export interface Candidates {
  /** Those that are to be opened, the ones imported last. */
  readonly places: readonly RecordPlace[]
  readonly count: number
}

type Sql = Connection['sql']

const NOBODY: Candidates = { places: [], count: 0 }

/**
 * Patients who have a token of an MRN, under any key of the index; who they are is for their record to say.
 */
const patientsBy = async (sql: Sql, app: App, mrn: string): Promise<PatientId[]> => {
  const tokens = app.keyring.tokenKeys('blind-index').map(({ key }) => exactToken(key, 'Patient.mrn', mrn))
  const rows = await sql<{ patient_id: PatientId }[]>`
    select distinct patient_id from search_tokens
    where field = 'Patient.mrn' and token = any(${byteaArray(sql, tokens)})`
  return rows.map(({ patient_id }) => patient_id)
}

/**
 * The claims that have a token of each thing that was asked for, under any key that the index's tokens may
 * have been made with, or all of a patient where an MRN alone was; of these the newest, and how many there
 * are.
 */
export const candidatesFor = (
  app: App,
  rows: RowAccess,
  wanted: Wanted,
  payers: DirectoryPayers,
  most: number,
): Promise<Candidates> =>
  withTransaction(app.db, rows, async ({ sql }) => {
    const patients = wanted.mrn === undefined ? null : await patientsBy(sql, app, wanted.mrn)
    if (patients?.length === 0) return NOBODY
    const under = (kind: ClaimKeyKind, normals: readonly string[]) =>
      sql`(kind = ${kind} and token = any(${byteaArray(sql, soughtClaimTokens(app.keyring, kind, normals))}))`
    const conditions = [
      ...(wanted.number === undefined ? [] : [under('number', [wanted.number])]),
      ...(wanted.payer === undefined
        ? []
        : [sql`(${under('payer', [wanted.payer])} or ${under('payer-entry', [...payers.ids])})`]),
      ...(wanted.month === undefined ? [] : [under('month', [wanted.month])]),
    ]
    const parts = conditions.map((one) => sql`select patient_id, record_id from claim_tokens where ${one}`)
    if (patients !== null)
      parts.push(sql`
        select patient_id, id as record_id from records
        where patient_id = any(${patients}::uuid[]) and resource_type = any(${[...CLAIM_TYPES]})`)
    const all = parts.reduce((before, part) => sql`${before} intersect ${part}`)
    const found = await sql<(RecordPlace & { candidates: number })[]>`
      select patient_id, record_id, count(*) over ()::int as candidates from (${all}) found
      order by record_id desc limit ${most}`
    return { places: found, count: found[0]?.candidates ?? 0 }
  })
