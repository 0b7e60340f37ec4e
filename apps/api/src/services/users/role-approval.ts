import { titleOf } from '@chartward/policy'
import { z } from 'zod'
import { openText } from '../../keys/sealed-text.ts'
import { isForUser, reasonOf } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { grantRole } from './grant-role.ts'

/** A privileged role for somebody: in force once a second person has approved it. */
export const roleApproval = defineApprovalKind({
  subject: isForUser,
  request: 'access:assignment:request',
  decide: 'access:approval:decide',
  enrolledOnly: true,
  payload: z.strictObject({ role: z.string(), endsAt: z.iso.datetime().nullable() }),

  describe: (_app, policy, { payload: { role, endsAt } }) => {
    const title = titleOf(policy, { name: role })
    // The end stands beside it, as the moment that it is: which day that is depends on where it is read.
    return { line: `Role ${title}`, endsAt, role, gives: [] }
  },

  carryOut: async (tx, app, by, { approval, payload: { role, endsAt } }) => {
    await grantRole(tx, app, by, {
      userId: approval.subjectId,
      role,
      endsAt: endsAt === null ? null : new Date(endsAt),
      reason: await openText(app.keyring, reasonOf(approval), approval.reason),
      grantedBy: approval.requestedBy,
      approvalId: approval.id,
    })
  },

  turnDown: async () => undefined,
})
