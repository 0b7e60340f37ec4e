import { toBase64 } from '@chartward/audit'
import type { ProveEntryInput, ProveEntryOutput } from '@chartward/contract'
import type { PatientId } from '@chartward/policy'
import { readHead } from '../../audit/log/head.ts'
import { storedInclusionProof } from '../../audit/log/proofs.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { handoversIn } from './handovers.ts'

/**
 * What a reader needs to see for themselves that an entry is in the signed log: nothing of it has
 * to be believed.
 */
export const proveEntry = async ({
  ctx: { app, entry },
  input: { id },
}: {
  ctx: VerbContext<'audit.proof-viewed'>
  input: ProveEntryInput
}): Promise<ProveEntryOutput> => {
  entry.about({ type: 'AuditEntry', id }, null)
  const { sql } = app.db
  const [row] = await sql<
    { bytes: Buffer; patient_id: PatientId | null; index: string | null; refused: boolean }[]
  >`
    select e.bytes, e.patient_id, l.index, q.entry_id is not null as refused
    from audit_entries e
    left join audit_leaves l on l.entry_id = e.id
    left join audit_quarantine q on q.entry_id = e.id
    where e.id = ${id}`
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  const head = await readHead(sql)
  const size = head?.checkpointSize ?? 0
  const index = row.index === null ? null : Number(row.index)
  if (index === null && row.refused) {
    throw new ChartwardError(
      'INTEGRITY',
      'The sequencer refused this entry: it is not part of the signed log.',
    )
  }
  if (head === null || head.checkpoint === null || index === null || index >= size) {
    throw new ChartwardError('UNAVAILABLE', 'This entry is not signed yet. Try again in a moment.')
  }
  const proof = await storedInclusionProof(sql, index, size)
  if (proof === null) throw new ChartwardError('INTEGRITY', 'Nodes of the log’s tree are missing.')
  entry.shown({ count: 1, patientId: row.patient_id, resource: { type: 'AuditEntry', id } })
  return {
    bytes: toBase64(row.bytes),
    index,
    size,
    proof: proof.map(toBase64),
    checkpoint: head.checkpoint,
    verifierKey: app.settings.logVerifierKey,
    handovers: await handoversIn(sql, app.settings.logVerifierKey, size),
  }
}
