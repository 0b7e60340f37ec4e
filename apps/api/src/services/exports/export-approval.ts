import { schema, type Transaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { buildExport } from '../../jobs/build-export.ts'
import { enqueue } from '../../jobs/queue.ts'
import { isForExport } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'

const { exportRequests } = schema

const settle = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  id: string,
  status: 'approved' | 'rejected',
): Promise<void> => {
  const open = and(eq(exportRequests.id, id), eq(exportRequests.status, 'requested'))
  const settled = await vouching.change(tx, 'export-request', open, { status })
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

  describe: () => ({ line: 'De-identified export', endsAt: null, role: null, gives: [] }),

  mark: (tx, app, { approval: { subjectId } }, status) => settle(tx, app, subjectId, status),

  carryOut: (tx, _app, _by, { approval: { subjectId } }) => enqueue(tx, buildExport, subjectId),

  turnDown: async () => undefined,
})
