import type { Transaction } from '@chartward/db'
import { isWithdrawn } from '@chartward/fhir'
import { FIELD_CLASSES, type PatientId, type RecordId } from '@chartward/policy'
import type { Keyring } from '../../keys/keyring.ts'
import { type OpenedRecord, openRecord } from '../../vault/open-record.ts'
import { sealedVersion, type VersionRow } from '../../vault/select-versions.ts'
import { type StatedVersion, statedVersion } from './versions.ts'

/** Stored records of a patient as they are now, opened. */
export const storedRecords = async (
  tx: Transaction,
  keyring: Keyring,
  patientId: PatientId,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, OpenedRecord>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx.sql<VersionRow[]>`
    select r.patient_id, v.record_id, r.resource_type, v.version, v.authored_at, v.author, v.entry_id, v.digests,
      v.integrity_key_id, v.previous_mac, v.mac, ${tx.sql(FIELD_CLASSES.map((name) => `v.${name}`))}
    from records r
    join record_versions v on v.patient_id = r.patient_id and v.record_id = r.id and v.version = r.version
    where r.patient_id = ${patientId} and r.id = any(${[...ids]}::uuid[])`
  return keyring.withPatientKeys(
    patientId,
    (keys) =>
      new Map(rows.map((row) => [row.record_id, openRecord(sealedVersion(row), FIELD_CLASSES, keys)])),
  )
}

/**
 * Which of their versions the source said that stored records are, for those of a patient that are to
 * change.
 */
export const storedVersions = async (
  tx: Transaction,
  keyring: Keyring,
  patientId: PatientId,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, StatedVersion | null>> => {
  const records = await storedRecords(tx, keyring, patientId, ids)
  // What does not open to what was written says nothing of its version, nor does what was withdrawn.
  return new Map(
    [...records].map(([id, { fields, trusted }]) => [
      id,
      trusted && !isWithdrawn(fields) ? statedVersion(fields) : null,
    ]),
  )
}
