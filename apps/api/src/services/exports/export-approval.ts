import { schema, type Transaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { isForExport } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { startWork } from '../works/start-work.ts'
import { buildExportWork } from './build-export-work.ts'

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
 * A de-identified export: the subject is its request, and the work that builds it is asked for with the
 * approval.
 */
export const exportApproval = defineApprovalKind({
  subject: isForExport,
  request: 'export:request:create',
  decide: 'export:request:decide',
  enrolledOnly: false,
  payload: z.strictObject({}),

  describe: () => ({ line: 'De-identified export', endsAt: null, role: null, gives: [] }),

  // Before the entry of the decision, which commits to the work too.
  mark: async (tx, app, { approval: { subjectId, requestedBy } }, status) => {
    await settle(tx, app, subjectId, status)
    if (status === 'approved') await startWork(tx, app, buildExportWork, { subjectId, askedBy: requestedBy })
  },

  carryOut: async () => undefined,

  turnDown: async () => undefined,
})
