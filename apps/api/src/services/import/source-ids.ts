import { byteaArray, type CopyValue, insertRows, type Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { EARLIER_BYTES } from './earlier.ts'
import type { Change, Taking, Vouched } from './plan-patient.ts'

/** A record has become trusted between the look at it and its lock. */
export class Overtaken extends Error {}

/**
 * Locks what is known of the records that change, before they do. Throws Overtaken where an untrusted file
 * may not change one any more.
 */
export const lockSourceIds = async (
  tx: Transaction,
  patientId: PatientId,
  changes: readonly Change[],
  trusted: boolean,
): Promise<void> => {
  const ids = changes.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId)
  if (ids.length === 0) return
  const rows = await tx.sql<{ trusted: boolean }[]>`
    select trusted from source_ids where patient_id = ${patientId} and record_id = any(${ids}::uuid[])
    order by record_id for update`
  if (!trusted && rows.some((row) => row.trusted)) throw new Overtaken()
}

/**
 * Notes by which tokens the written records are known again, and what they were before, in the transaction
 * that writes them.
 */
export const storeSourceIds = async (
  tx: Transaction,
  patientId: PatientId,
  changes: readonly Change[],
  { trusted, mark }: Taking,
): Promise<void> => {
  await insertRows(
    tx,
    'source_ids',
    {
      patient_id: 'uuid',
      record_id: 'uuid',
      token: 'bytea',
      key_version: 'int2',
      content: 'bytea',
      trusted: 'bool',
    },
    changes
      .filter(({ isNew }) => isNew)
      .map(({ recordId, source: { token, keyVersion }, content }): CopyValue[] => [
        patientId,
        recordId,
        token,
        keyVersion,
        content,
        trusted,
      ]),
  )
  await Promise.all(
    changes
      .filter(({ isNew }) => !isNew)
      .map(
        ({ recordId, source: { token, keyVersion }, content }) => tx.sql`
          update source_ids set token = ${token}, key_version = ${keyVersion}, content = ${content}, trusted = ${trusted},
            earlier = substring(earlier || content || ${mark}::bytea
              from greatest(1, octet_length(earlier || content || ${mark}::bytea) - ${EARLIER_BYTES} + 1))
          where patient_id = ${patientId} and record_id = ${recordId}`,
      ),
  )
}

/** From now on a trusted file stands for these records too. */
export const vouchFor = async (
  tx: Transaction,
  patientId: PatientId,
  vouched: readonly Vouched[],
): Promise<void> => {
  if (vouched.length === 0) return
  const bytes = (column: 'before' | 'content') =>
    byteaArray(
      tx.sql,
      vouched.map((one) => one[column]),
    )
  await tx.sql`
    update source_ids s set trusted = true, content = v.content
    from unnest(${vouched.map(({ recordId }) => recordId)}::uuid[], ${bytes('before')}, ${bytes('content')})
      v (record_id, before, content)
    where s.patient_id = ${patientId} and s.record_id = v.record_id and s.content = v.before and not s.trusted`
}
