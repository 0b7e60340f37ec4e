import type { Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { newId } from '../core/ids.ts'
import { keyHash } from '../keys/create-keys.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { PatientKeys } from '../keys/patient-keys.ts'

export interface CreatedPatient {
  readonly keys: PatientKeys
  /** What the entry that tells of the patient says of the key. */
  readonly facts: { readonly patientKey: string; readonly patientKeyHash: string }
}

/**
 * Makes a patient and the patient's DEK in the caller's transaction. The keys are for the keyring to keep
 * once that has committed (`keepPatientKeys`), and until then for whoever writes the patient's first records.
 */
export const createPatient = async (
  tx: Transaction,
  keyring: Keyring,
  { patientId, source }: { readonly patientId: PatientId; readonly source: string },
): Promise<CreatedPatient> => {
  const { keys, kekId, wrapped } = keyring.newPatientKeys(patientId, newId())
  await Promise.all([
    tx.sql`insert into patients (id, source) values (${patientId}, ${source})`,
    tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
      values (${patientId}, ${keys.primary.id}, ${kekId}, ${wrapped}, 'primary')`,
  ])
  const hash = keyHash({ kekId, wrapped })
  return { keys, facts: { patientKey: keys.primary.id, patientKeyHash: hash } }
}
