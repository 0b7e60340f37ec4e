import type { ApproveInput, ApproveOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { decide } from './decide.ts'
import { kindsDecidedWith } from './kinds.ts'

/**
 * Approves what another administrator asked for and carries it out, in one transaction with the entries of
 * both. The entry commits to the terms that were looked at.
 */
export const approve = async ({
  ctx,
  input,
}: {
  readonly ctx: VerbContext<'approval.approved'>
  readonly input: ApproveInput
}): Promise<ApproveOutput> => {
  const { id, hash, reason = null } = input
  const kinds = kindsDecidedWith('access:approval:decide')
  ctx.entry.about({ type: 'approval', id }, null)
  await withTransaction(ctx.app.db, 'none', (tx) =>
    decide(
      tx,
      ctx,
      { id, kinds, status: 'approved', reason, shown: hash },
      ({ kind, subjectId, requestedBy, payload }) =>
        ctx.entry.changed(tx, {
          change: {
            before: { status: 'pending' },
            after: { status: 'approved', kind, subject: subjectId, requestedBy, ...payload, terms: hash },
          },
          patientId: null,
          records: null,
          note: reason,
        }),
    ),
  )
  return {}
}
