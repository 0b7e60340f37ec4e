import { recordsDigest, type WrittenRecord } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import type { Provenance } from './provenance.ts'

/** As many ids as one audit entry names: it holds 64 KiB. */
export const MOST_NAMED = 1000

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/**
 * Says in the audit log what an import has changed of a patient: the record versions that it wrote, how many records it vouched for,
 * and each care relationship by its id. One entry, `entryId`, and more only where one can't name all relationships; none where
 * nothing was changed.
 */
export const logPatientImport = async (
  app: App,
  tx: Transaction,
  from: Provenance,
  changed: {
    readonly entryId: string
    readonly patientId: string
    readonly written: readonly WrittenRecord[]
    readonly vouched: number
    readonly careRelationships: readonly string[]
  },
): Promise<void> => {
  const { entryId, patientId, written, vouched, careRelationships } = changed
  if (written.length + vouched + careRelationships.length === 0) return
  const [first = [], ...rest] = chunksOf(careRelationships, MOST_NAMED)
  const entry = {
    action: 'record.imported',
    outcome: 'success',
    actor: { kind: 'service', name: 'import' },
    resource: { type: 'Patient', id: patientId },
    patientId,
  } as const
  await app.audit.append(tx, {
    ...entry,
    id: entryId,
    count: written.length,
    facts: { ...from, vouched, careRelationships: first },
    records: recordsDigest(written),
  })
  for (const careRelationships of rest) {
    const facts = { ...from, vouched: 0, careRelationships }
    await app.audit.append(tx, { ...entry, count: 0, facts, records: recordsDigest([]) })
  }
}
