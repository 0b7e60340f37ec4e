import type { Connection } from '@chartward/db'
import { FIELD_CLASSES, isResourceType, type PatientId } from '@chartward/policy'
import { ChartwardError } from '../../../core/errors.ts'
import type { Keyring, StoredPatientKey } from '../../../keys/keyring.ts'
import { openRecord } from '../../../vault/open-record.ts'
import { sealedVersion, type VersionRow } from '../../../vault/select-versions.ts'
import type { Findings } from '../../audit/integrity/findings.ts'

/** Patients that are tried, and versions of each. */
const PATIENTS = 50
const VERSIONS = 5

/**
 * Opens some versions of patients taken at random, whole, and adds those that do not open to what was
 * written; says how many were tried. Patients whose keys are gone, as after a shred, are left out. `sql` may
 * see all patients' rows.
 */
export const sampleRecords = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
): Promise<number> => {
  const patients = await sql<{ id: PatientId }[]>`
    select id from patients p
    where exists (select from patient_keys k where k.patient_id = p.id and k.state in ('primary', 'decrypt-only'))
    order by random() limit ${PATIENTS}`
  let tried = 0
  for (const { id } of patients) {
    const keys = await sql<StoredPatientKey[]>`
      select id, kek_id, wrapped, state from patient_keys
      where patient_id = ${id} and state in ('primary', 'decrypt-only')`
    const rows = await sql<VersionRow[]>`
      select v.patient_id, v.record_id, r.resource_type, v.version, v.authored_at, v.author, v.entry_id, v.digests,
        v.integrity_key_id, v.previous_mac, v.mac, ${sql(FIELD_CLASSES.map((name) => `v.${name}`))}
      from record_versions v join records r on r.patient_id = v.patient_id and r.id = v.record_id
      where v.patient_id = ${id} order by random() limit ${VERSIONS}`
    for (const row of rows) {
      tried++
      if (!(await opens(keyring, id, keys, row)))
        findings.add('record-changed', `version ${row.version} of record ${row.record_id} does not open`)
    }
  }
  return tried
}

const opens = async (
  keyring: Keyring,
  patientId: PatientId,
  keys: readonly StoredPatientKey[],
  row: VersionRow,
): Promise<boolean> => {
  if (!isResourceType(row.resource_type)) return false
  try {
    return await keyring.withStoredKeys(
      patientId,
      keys,
      (lent) => openRecord(sealedVersion(row), FIELD_CLASSES, lent).trusted,
    )
  } catch (error) {
    if (!(error instanceof ChartwardError)) throw error
    return false
  }
}
