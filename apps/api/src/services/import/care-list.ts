import { createHash } from 'node:crypto'
import { CryptoError, envelopeKeyId, open, seal } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import type { RecordLinks } from '@chartward/fhir'
import type { PatientId, RecordId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { StoredPatientKey } from '../../keys/keyring.ts'
import type { LentKeys } from '../../keys/lent-keys.ts'
import type { PatientKeys } from '../../keys/patient-keys.ts'
import type { RowOf } from '../../vouch/kinds.ts'

/** What one record of a patient says of their care. */
export interface Support {
  readonly source: string
  readonly trusted: boolean
  /** When the record was first seen, in milliseconds since 1970. */
  readonly seen: number
  readonly links: RecordLinks
}

/** By record. */
export type CareList = ReadonlyMap<RecordId, Support>

type Row = RowOf<'care-list'>

const bindingOf = (row: { readonly id: string; readonly rowVersion: number }) => ({
  purpose: 'care',
  table: 'care_lists',
  fieldClass: 'clinical',
  rowId: row.id,
  rowVersion: row.rowVersion,
})

export const digestOf = (content: Buffer): Buffer => createHash('sha256').update(content).digest()

/** A list as the ciphertext of its row, which opens there and at that version alone. */
export const sealList = (
  list: CareList,
  row: { readonly id: string; readonly rowVersion: number },
  keys: LentKeys,
): Buffer => seal(keys.sealingKey('clinical'), bindingOf(row), Buffer.from(JSON.stringify([...list])))

/** Throws INTEGRITY where it does not open in its place. */
const openList = (row: Row, keys: LentKeys): CareList => {
  try {
    const key = keys.openingKey('clinical', envelopeKeyId(row.content))
    if (key !== undefined && digestOf(row.content).equals(row.digest))
      return new Map(JSON.parse(open(key, bindingOf(row), row.content).toString('utf8')))
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
  }
  throw new ChartwardError('INTEGRITY')
}

/** The same list as its row's next version, under the patient's key in force. */
export const resealedList = async (
  { keyring }: Pick<App, 'keyring'>,
  patientId: PatientId,
  { row, list }: { readonly row: Row; readonly list: CareList },
): Promise<{ readonly content: Buffer; readonly digest: Buffer }> => {
  const next = { id: row.id, rowVersion: row.rowVersion + 1 }
  const content = await keyring.withPatientKeys(patientId, (keys) => sealList(list, next, keys))
  return { content, digest: digestOf(content) }
}

/**
 * Runs `use` with a patient's keys: those of a patient who is being made, else the stored ones. They are
 * read in the transaction, since imports hold as many connections as patients, and would wait for each
 * other's.
 */
export const withKeys = async <T>(
  tx: Transaction,
  { keyring }: Pick<App, 'keyring'>,
  patientId: PatientId,
  made: PatientKeys | undefined,
  use: (keys: LentKeys) => T,
): Promise<T> => {
  if (made !== undefined) return use(keyring.lend(made))
  const cached = keyring.withCachedPatientKeys(patientId, use)
  if (cached !== undefined) return cached
  const rows = await tx.sql<StoredPatientKey[]>`
    select id, kek_id, wrapped, state from patient_keys
    where patient_id = ${patientId} and state in ('primary', 'decrypt-only')`
  return keyring.withStoredKeys(patientId, rows, use)
}

/**
 * A patient's list with its row, locked until the transaction's end. Rejects INTEGRITY where the row does not
 * count, or does not open.
 */
export const lockList = async (
  tx: Transaction,
  app: Pick<App, 'keyring' | 'vouching'>,
  patientId: PatientId,
): Promise<{ readonly row: Row; readonly list: CareList } | null> => {
  const { careLists } = schema
  const [row] = await tx.orm.select().from(careLists).where(eq(careLists.patientId, patientId)).for('update')
  if (row === undefined) return null
  await app.vouching.require('care-list', row)
  return { row, list: await withKeys(tx, app, patientId, undefined, (keys) => openList(row, keys)) }
}
