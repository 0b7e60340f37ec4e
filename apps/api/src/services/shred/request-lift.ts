import type { RequestHoldLiftInput, RequestShredOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { holdsOf } from './holds.ts'

/**
 * Asks that a legal hold is lifted; it stands until a second person has agreed. Throws NOT_FOUND for what is
 * no hold of the patient, CONFLICT for one that was lifted or is asked for already.
 */
export const requestHoldLift = ({
  ctx: { app, user, entry },
  input: { patientId, holdId, reason },
}: {
  readonly ctx: VerbContext<'hold.lift-requested'>
  readonly input: RequestHoldLiftInput
}): Promise<RequestShredOutput> =>
  withTransaction(app.db, [patientId], async (tx) => {
    await oneAtATime(tx)
    const hold = (await holdsOf(tx, app, patientId)).find(({ id }) => id === holdId)
    if (hold === undefined) throw new ChartwardError('NOT_FOUND')
    if (hold.liftedAt !== null) throw new ChartwardError('CONFLICT', 'This hold was lifted already.')
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'hold-lift',
      subjectId: hold.id,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    await entry.changed(tx, {
      resource: { type: 'LegalHold', id: hold.id },
      change: { before: { state: 'set' }, after: { state: 'set', approval: approvalId } },
      patientId,
      records: null,
      note: reason,
    })
    return { approvalId }
  })
