import { recordsDigest } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { CreatedPatient } from '../../vault/create-patient.ts'
import { writeRecords } from '../../vault/write-records.ts'
import { careFacts } from './care-facts.ts'
import type { Change, Taking } from './plan-patient.ts'
import type { StoredCare } from './store-care.ts'

/**
 * Writes what an import has changed of a patient and says so in the audit log: the record versions, how
 * many records it vouched for, and each care relationship that it gave or took, by its id. One entry, and
 * more only where one can't name all relationships; none where nothing was changed.
 */
export const writeImported = async (
  tx: Transaction,
  app: App,
  { source, trusted, requestId }: Pick<Taking, 'source' | 'trusted' | 'requestId'>,
  imported: {
    readonly patientId: PatientId
    readonly author: string
    readonly changes: readonly Change[]
    /** A patient who is new with this import. */
    readonly made: CreatedPatient | undefined
    readonly vouched: number
    readonly care: StoredCare
  },
): Promise<void> => {
  const { patientId, author, changes, made, vouched, care } = imported
  if (changes.length + vouched === 0 && !care.written) return
  const [first, ...rest] = careFacts(care)
  const entry = {
    action: 'record.imported',
    outcome: 'success',
    actor: { kind: 'service', name: 'import' },
    resource: { type: 'Patient', id: patientId },
    requestId,
  } as const
  const from = { source, trusted }
  const facts = { ...from, ...made?.facts, vouched, ...first }
  const order = { patientId, author, changes, freshKeys: made?.keys }
  await writeRecords(tx, app, { ...order, entry: { ...entry, count: changes.length, facts } })
  for (const facts of rest) {
    const more = { ...from, vouched: 0, ...facts }
    await app.audit.append(tx, { ...entry, patientId, count: 0, facts: more, records: recordsDigest([]) })
  }
}
