import type { RejectOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { decideApproval } from './approval.ts'
import { ACCESS_KINDS } from './list.ts'

/** Rejects what another administrator asked for, with a reason. Nothing else changes. */
export const reject = async ({
  ctx: { app, user, entry },
  input,
}: {
  readonly ctx: VerbContext<'approval.rejected'>
  readonly input: { readonly id: string; readonly reason: string }
}): Promise<RejectOutput> => {
  entry.about({ type: 'approval', id: input.id }, null)
  await withTransaction(app.db, 'none', async (tx) => {
    const { kind, subjectId, requestedBy, payload } = await decideApproval(tx, app, {
      id: input.id,
      kinds: ACCESS_KINDS,
      status: 'rejected',
      by: user.id,
      reason: input.reason,
    })
    await entry.changed(tx, {
      change: {
        before: { status: 'pending' },
        after: { status: 'rejected', kind, subject: subjectId, requestedBy, ...payload },
      },
      patientId: null,
      records: null,
      note: input.reason,
    })
  })
  return {}
}
