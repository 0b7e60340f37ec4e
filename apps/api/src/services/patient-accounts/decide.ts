import type { DecidePatientAccountInput, DecidePatientAccountOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { decide } from '../approvals/decide.ts'
import { kindsDecidedWith } from '../approvals/kinds.ts'
import { findPatientAccount } from './rows.ts'

/**
 * Decides on an account that somebody else asked for. What was asked for is written once, so that it is what
 * was looked at. Throws NOT_FOUND for a request that is about another patient.
 */
export const decidePatientAccount =
  (status: 'approved' | 'rejected') =>
  async ({
    ctx,
    input: { patientId, approvalId, reason },
  }: {
    readonly ctx: VerbContext<'patient-account.approved' | 'patient-account.rejected'>
    readonly input: DecidePatientAccountInput
  }): Promise<DecidePatientAccountOutput> => {
    const { app, entry } = ctx
    await withTransaction(app.db, [patientId], async (tx) => {
      const found = await findPatientAccount(tx, app, patientId)
      const kinds = kindsDecidedWith('account:patient:decide')
      await decide(tx, ctx, { id: approvalId, kinds, status, reason, shown: null }, (decided) => {
        if (found === null || decided.subjectId !== found.row.id) throw new ChartwardError('NOT_FOUND')
        return entry.changed(tx, {
          resource: { type: 'PatientAccount', id: found.row.id },
          change: {
            before: { state: 'requested' },
            after: {
              state: status === 'approved' ? 'open' : 'ended',
              approval: approvalId,
              requestedBy: decided.requestedBy,
            },
          },
          patientId,
          records: null,
          note: reason,
        })
      })
    })
    return {}
  }
