import { schema, type Transaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { buildExport } from '../../jobs/build-export.ts'
import { enqueue } from '../../jobs/queue.ts'
import { isForExport } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'

const { exportRequests } = schema

const settle = async (tx: Transaction, id: string, status: 'approved' | 'rejected'): Promise<void> => {
  const settled = await tx.orm
    .update(exportRequests)
    .set({ status })
    .where(and(eq(exportRequests.id, id), eq(exportRequests.status, 'requested')))
    .returning({ id: exportRequests.id })
  if (settled.length === 0) throw new ChartwardError('CONFLICT')
}

/**
 * A de-identified export: the subject is its request, and the job that builds it is made with the approval.
 */
export const exportApproval = defineApprovalKind({
  subject: isForExport,
  request: 'export:request:create',
  decide: 'export:request:decide',
  enrolledOnly: false,
  payload: z.strictObject({}),

  describe: () => ({ line: 'De-identified export', endsAt: null, gives: [] }),

  carryOut: async (tx, _app, _by, { approval: { subjectId } }) => {
    await settle(tx, subjectId, 'approved')
    await enqueue(tx, buildExport, subjectId)
  },

  turnDown: (tx, _app, _by, { approval: { subjectId } }) => settle(tx, subjectId, 'rejected'),
})
