import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { isForUser } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { lockUser } from './lock-user.ts'
import { voidAccount } from './void-account.ts'

const REASON = 'The account was closed: each role is given anew'

/** That an account which was closed is opened again, for its owner to enrol anew. */
export const reactivationApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:user:reactivate',
  decide: 'access:approval:decide',
  enrolledOnly: false,
  payload: z.strictObject({}),

  describe: () => ({
    line: 'Reactivation: invited anew, with a new password and factor, and without any role',
    endsAt: null,
    role: null,
    gives: [],
  }),

  carryOut: async (tx, app, by, { approval: { subjectId: id, requestedBy } }) => {
    const { status } = await lockUser(tx, app, id)
    if (status !== 'deactivated' && status !== 'suspended')
      throw new ChartwardError('CONFLICT', 'This account is open.')
    await voidAccount(tx, app, by, { id, endedBy: requestedBy, reason: REASON })
    await app.audit.append(tx, {
      ...by,
      action: 'user.reactivated',
      outcome: 'success',
      resource: { type: 'user', id },
      change: { before: { status }, after: { status: 'invited' } },
    })
  },

  turnDown: async () => undefined,
})
