import type { RejectExportOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { decideExport } from './decide.ts'

/** Rejects another person's request, with a reason that they can read. */
export const rejectExport = async ({
  ctx,
  input: { id, reason },
}: {
  readonly ctx: VerbContext<'export.rejected'>
  readonly input: { readonly id: string; readonly reason: string }
}): Promise<RejectExportOutput> => {
  ctx.entry.about({ type: 'ExportRequest', id }, null)
  await withTransaction(ctx.app.db, 'none', async (tx) => {
    await decideExport(tx, ctx, { id, status: 'rejected', reason }, ({ requestedBy, approvalId }) =>
      ctx.entry.changed(tx, {
        change: {
          before: { status: 'requested' },
          after: { status: 'rejected', requestedBy, approval: approvalId },
        },
        patientId: null,
        records: null,
        note: reason,
      }),
    )
  })
  return {}
}
