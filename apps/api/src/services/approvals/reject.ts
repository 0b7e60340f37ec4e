import type { RejectInput, RejectOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { decide } from './decide.ts'
import { kindsDecidedWith } from './kinds.ts'

/** Rejects what another administrator asked for, with a reason. */
export const reject = async ({
  ctx,
  input: { id, hash, reason },
}: {
  readonly ctx: VerbContext<'approval.rejected'>
  readonly input: RejectInput
}): Promise<RejectOutput> => {
  const kinds = kindsDecidedWith('access:approval:decide')
  ctx.entry.about({ type: 'approval', id }, null)
  await withTransaction(ctx.app.db, 'none', (tx) =>
    decide(
      tx,
      ctx,
      { id, kinds, status: 'rejected', reason, shown: hash },
      ({ kind, subjectId, requestedBy, payload }) =>
        ctx.entry.changed(tx, {
          change: {
            before: { status: 'pending' },
            after: { status: 'rejected', kind, subject: subjectId, requestedBy, ...payload, terms: hash },
          },
          patientId: null,
          records: null,
          note: reason,
        }),
    ),
  )
  return {}
}
