import type { RequestPractitionerLinkInput, RequestPractitionerLinkOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { practitionerByNpi } from '../directory/directory.ts'
import { requireUnlinked } from './link-practitioner.ts'
import { lockLivingUser } from './lock-user.ts'

/**
 * Asks that somebody else be taken for a practitioner of the directory, found by NPI. A second
 * person decides.
 */
export const requestPractitionerLink = async ({
  ctx: { app, user, entry },
  input: { userId, npi, reason },
}: {
  readonly ctx: VerbContext<'user.practitioner.link-requested'>
  readonly input: RequestPractitionerLinkInput
}): Promise<RequestPractitionerLinkOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  const found = await practitionerByNpi(app, npi)
  if (found === null)
    throw new ChartwardError('NOT_FOUND', 'The directory has no practitioner with this NPI.', {
      field: 'npi',
    })
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:practitioner:link')
    const { practitionerId } = await lockLivingUser(tx, app, userId)
    if (practitionerId === found.id) {
      throw new ChartwardError('CONFLICT', 'The user is linked to this practitioner already.', {
        field: 'npi',
      })
    }
    await requireUnlinked(tx, userId, found.id)
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'practitioner-link',
      subjectId: userId,
      payload: { practitionerId: found.id },
      requestedBy: user.id,
      reason,
    })
    await entry.changed(tx, {
      change: {
        before: { practitioner: practitionerId },
        after: { practitioner: found.id, approval: approvalId },
      },
      patientId: null,
      records: null,
      note: reason,
    })
    return { approvalId, practitioner: { id: found.id, name: found.name } }
  })
}
