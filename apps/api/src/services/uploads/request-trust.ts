import type { RequestUploadTrustInput, RequestUploadTrustOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { requireTrustable } from './may-trust.ts'
import { findUpload } from './upload-row.ts'

/** Asks that the care an upload tells of counts. A second person decides, who sees whose care that is. */
export const requestUploadTrust = async ({
  ctx: { app, user, entry },
  input: { id, reason },
}: {
  readonly ctx: VerbContext<'import.trust-requested'>
  readonly input: RequestUploadTrustInput
}): Promise<RequestUploadTrustOutput> => {
  entry.about({ type: 'Upload', id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'import:upload:trust')
    const upload = await findUpload(tx, app, id)
    await requireTrustable(tx, app, upload, [user.id])
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'upload-trust',
      subjectId: id as Id<'upload'>,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    await entry.changed(tx, {
      change: { before: { trusted: false }, after: { trusted: true, approval: approvalId } },
      patientId: null,
      records: null,
      resource: { type: 'Upload', id },
      note: reason,
    })
    return { approvalId }
  })
}
