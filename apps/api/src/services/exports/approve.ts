import type { ApproveExportOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { decideExport } from './decide.ts'

/** Approves another person's request. The job that builds it is made in the same transaction. */
export const approveExport = async ({
  ctx,
  input: { id, reason, attestation },
}: {
  readonly ctx: VerbContext<'export.approved'>
  readonly input: { readonly id: string; readonly reason: string; readonly attestation: true }
}): Promise<ApproveExportOutput> => {
  ctx.entry.about({ type: 'ExportRequest', id }, null)
  await ctx.app.space.require('low')
  await withTransaction(ctx.app.db, 'none', async (tx) => {
    const decision = { id, status: 'approved', reason } as const
    await decideExport(tx, ctx, decision, ({ requestedBy, approvalId, resourceTypes }) =>
      ctx.entry.changed(tx, {
        change: {
          before: { status: 'requested' },
          after: { status: 'approved', requestedBy, approval: approvalId, types: resourceTypes, attestation },
        },
        patientId: null,
        records: null,
        note: reason,
      }),
    )
  })
  return {}
}
