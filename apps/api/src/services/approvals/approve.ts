import type { ApproveOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { grantRole } from '../users/grant-role.ts'
import { linkPractitioner } from '../users/link-practitioner.ts'
import { decideApproval } from './approval.ts'
import { ACCESS_KINDS } from './list.ts'

/** Approves what another administrator asked for and carries it out, in one transaction with the entries of both. */
export const approve = async ({
  ctx: { app, user, entry },
  input,
}: {
  readonly ctx: VerbContext<'approval.approved'>
  readonly input: { readonly id: string; readonly reason?: string | undefined }
}): Promise<ApproveOutput> => {
  entry.about({ type: 'approval', id: input.id }, null)
  await withTransaction(app.db, 'none', async (tx) => {
    const approval = await decideApproval(tx, app, {
      id: input.id,
      kinds: ACCESS_KINDS,
      status: 'approved',
      by: user.id,
      reason: input.reason ?? null,
    })
    const { payload, subjectId, requestedBy, reason } = approval
    await entry.changed(tx, {
      change: {
        before: { status: 'pending' },
        after: { status: 'approved', kind: approval.kind, subject: subjectId, requestedBy, ...payload },
      },
      patientId: null,
      records: null,
      note: input.reason ?? null,
    })
    const by = entry.draft('success', null)
    if (approval.kind === 'role-assignment') {
      await grantRole(tx, app, by, {
        userId: subjectId,
        role: payload.role ?? '',
        endsAt: payload.endsAt == null ? null : new Date(payload.endsAt),
        reason,
        grantedBy: requestedBy,
        approvalId: approval.id,
      })
    } else {
      await linkPractitioner(tx, app, by, { userId: subjectId, practitionerId: payload.practitionerId ?? '' })
    }
  })
  return {}
}
