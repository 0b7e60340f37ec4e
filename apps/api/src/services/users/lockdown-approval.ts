import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { isForUser } from '../approvals/approval.ts'
import { BINDS } from '../approvals/bound.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { lockUser } from './lock-user.ts'
import { suspendAccount } from './suspend-account.ts'
import { updateUser } from './user-row.ts'

/**
 * A lockdown. Where it has begun (`before` is what the account was), approving it confirms it and rejecting
 * it lifts it; where it takes two to begin (`before` is null), approving it begins it.
 */
export const lockdownApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:lockdown:start',
  decide: 'access:approval:decide',
  enrolledOnly: false,
  payload: z.strictObject({
    before: z.enum(['active', 'invited']).nullable(),
    binds: z.literal(BINDS).nullable(),
    /** The act of many people that it is one of. */
    act: z.uuid().optional(),
  }),

  describe: (_app, _policy, { payload: { before } }) => ({
    line:
      before === null
        ? 'Lockdown, which nobody begins alone: signed out at once, and nobody signs in with the account'
        : 'Lockdown, in force: approving confirms it, rejecting lifts it',
    endsAt: null,
    role: null,
    gives: [],
  }),

  carryOut: async (tx, app, by, { approval: { id: approvalId, subjectId: id, requestedBy }, payload }) => {
    const { status } = await lockUser(tx, app, id)
    if (payload.before === null) {
      if (status !== 'active' && status !== 'invited')
        throw new ChartwardError('CONFLICT', 'This account is closed already: nobody signs in with it.')
      await suspendAccount(tx, app, by, { id, status, endedBy: requestedBy, approvalId })
    }
    await app.audit.append(tx, {
      ...by,
      action: 'user.lockdown.confirmed',
      outcome: 'success',
      resource: { type: 'user', id },
      change: { before: { confirmed: false }, after: { confirmed: true, approval: approvalId } },
    })
  },

  turnDown: async (tx, app, by, { approval: { id: approvalId, subjectId: id }, payload: { before } }) => {
    if (before === null) return
    const { status } = await lockUser(tx, app, id)
    // Closed for good, or opened for its owner to enrol anew: nothing is left to be lifted.
    if (status !== 'suspended') return
    await updateUser(tx, app, id, { status: before })
    await app.audit.append(tx, {
      ...by,
      action: 'user.lockdown.lifted',
      outcome: 'success',
      resource: { type: 'user', id },
      change: { before: { status }, after: { status: before, approval: approvalId } },
    })
  },
})
