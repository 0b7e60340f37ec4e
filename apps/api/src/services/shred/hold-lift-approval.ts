import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { isForHold } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'

const { legalHolds } = schema

const lockHold = async (tx: Transaction, app: App, id: Id<'legal-hold'>): Promise<RowOf<'legal-hold'>> => {
  const [row] = await withTransaction(tx, 'all', (inner) =>
    inner.orm.select().from(legalHolds).where(eq(legalHolds.id, id)).for('update'),
  )
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  return app.vouching.require('legal-hold', row)
}

/** That a legal hold is lifted: from then on the patient's keys may be destroyed, by two people again. */
export const holdLiftApproval = defineApprovalKind({
  subject: isForHold,
  request: 'vault:hold:lift',
  decide: 'vault:hold:decide',
  // Gives nobody anything.
  enrolledOnly: false,
  patientOf: async (tx, app, { approval }) => (await lockHold(tx, app, approval.subjectId)).patientId,
  payload: z.strictObject({}),

  describe: () => ({ line: 'The end of a legal hold on a patient', endsAt: null, role: null, gives: [] }),

  mark: async (tx, app, { approval: { subjectId, requestedBy, decidedBy } }, status) => {
    if (status === 'rejected') return
    const { liftedAt } = await lockHold(tx, app, subjectId)
    if (liftedAt !== null) throw new ChartwardError('CONFLICT', 'This hold was lifted already.')
    const lifted = { liftAskedBy: requestedBy, liftedBy: decidedBy, liftedAt: app.clock() }
    await app.vouching.change(tx, 'legal-hold', eq(legalHolds.id, subjectId), lifted)
  },

  carryOut: async () => undefined,
  turnDown: async () => undefined,
})
