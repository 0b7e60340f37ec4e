import { schema } from '@chartward/db'
import { titleOf } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { openText } from '../../keys/sealed-text.ts'
import { isForUser, reasonOf } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { endAssignmentRow } from './assignment-row.ts'
import { requireFloors } from './require-floors.ts'

const { roleAssignments } = schema

/** The end of a privileged role: whoever ends it alone could end up alone. */
export const roleEndApproval = defineApprovalKind({
  subject: isForUser,
  request: 'access:assignment:end',
  decide: 'access:approval:decide',
  enrolledOnly: false,
  payload: z.strictObject({ assignmentId: z.guid(), role: z.string() }),

  describe: (_app, policy, { payload: { role } }) => ({
    line: `End of the role ${titleOf(policy, { name: role })}`,
    endsAt: null,
    role: null,
    gives: [],
  }),

  carryOut: async (tx, app, by, { approval, payload: { assignmentId } }) => {
    const [held] = await tx.orm
      .select()
      .from(roleAssignments)
      .where(and(eq(roleAssignments.id, assignmentId), eq(roleAssignments.userId, approval.subjectId)))
    if (held === undefined) throw new ChartwardError('INTEGRITY')
    await requireFloors(tx, app, (other) => other.assignmentId === assignmentId)
    const reason = await openText(app.keyring, reasonOf(approval), approval.reason)
    await endAssignmentRow(tx, app, by, { held, endedBy: approval.requestedBy, reason })
  },

  turnDown: async () => undefined,
})
