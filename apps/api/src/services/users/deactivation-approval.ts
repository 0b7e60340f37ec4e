import { z } from 'zod'
import { openText } from '../../keys/sealed-text.ts'
import { isForUser, reasonOf } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { closeAccount } from './close-account.ts'

/** That the account of somebody with a privileged role is closed. */
export const deactivationApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:user:deactivate',
  decide: 'access:approval:decide',
  enrolledOnly: false,
  payload: z.strictObject({}),

  describe: () => ({
    line: 'Deactivation: signed out at once, and nobody signs in with the account',
    endsAt: null,
    role: null,
    gives: [],
  }),

  carryOut: async (tx, app, by, { approval }) => {
    const reason = await openText(app.keyring, reasonOf(approval), approval.reason)
    await closeAccount(tx, app, by, { id: approval.subjectId, endedBy: approval.requestedBy, reason })
  },

  turnDown: async () => undefined,
})
