import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { isForUser } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { startReset } from './start-reset.ts'

/** That a link to a new password is sent to somebody with a privileged role. */
export const passwordResetApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:password:reset',
  decide: 'access:approval:decide',
  enrolledOnly: true,
  payload: z.strictObject({}),

  describe: () => ({
    line: 'A link to a new password, mailed to the address of the account; the second factor stays and is asked for',
    endsAt: null,
    role: null,
    gives: [],
  }),

  carryOut: async (tx, app, by, { approval: { subjectId: userId, requestedBy } }) => {
    if (app.settings.smtp === null)
      throw new ChartwardError(
        'CONFLICT',
        'Nothing is mailed from here any more, so that nobody would get the link.',
      )
    await startReset(tx, app, by, { userId, askedBy: requestedBy })
  },

  turnDown: async () => undefined,
})
