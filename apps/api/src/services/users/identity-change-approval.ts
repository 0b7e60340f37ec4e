import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { isForUser } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { changeName, startAddressChange } from './change-identity.ts'

/** That somebody with a privileged role has another name or another address. */
export const identityChangeApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:user:change',
  decide: 'access:approval:decide',
  enrolledOnly: false,
  payload: z.union([
    z.strictObject({ displayName: z.string(), email: z.null() }),
    z.strictObject({ displayName: z.null(), email: z.string() }),
  ]),

  describe: (_app, _policy, { payload: { displayName, email } }) => ({
    line:
      email === null
        ? `The name of the account becomes ${displayName}`
        : `The address of the account becomes ${email}, once it is confirmed there`,
    endsAt: null,
    role: null,
    gives: email === null ? [] : ['Links to a new password go to that address from then on'],
  }),

  carryOut: async (tx, app, by, { approval: { subjectId: userId, requestedBy }, payload }) => {
    if (payload.email === null) return changeName(tx, app, by, { userId, displayName: payload.displayName })
    if (app.settings.smtp === null)
      throw new ChartwardError(
        'CONFLICT',
        'Nothing is mailed from here any more, so that nobody would get the link.',
      )
    await startAddressChange(tx, app, by, { userId, email: payload.email, askedBy: requestedBy })
  },

  turnDown: async () => undefined,
})
