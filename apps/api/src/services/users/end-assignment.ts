import type { EndAssignmentInput, EndAssignmentOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { takesSecondPerson } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { endAssignmentRow } from './assignment-row.ts'
import { requireFloors } from './require-floors.ts'

const { roleAssignments } = schema

/**
 * Ends a role assignment of somebody else: now, unless the role is a privileged one. Then it takes a second
 * person, as giving it did.
 */
export const endAssignment = async ({
  ctx: { app, user, policy, entry, separation },
  input: { assignmentId, reason },
}: {
  readonly ctx: VerbContext<'role.assignment.end-requested'>
  readonly input: EndAssignmentInput
}): Promise<EndAssignmentOutput> => {
  entry.about({ type: 'role-assignment', id: assignmentId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'access:assignment:end')
    const [held] = await tx.orm.select().from(roleAssignments).where(eq(roleAssignments.id, assignmentId))
    if (held === undefined) throw new ChartwardError('NOT_FOUND')
    separation.require(held.userId)
    const asked = { user: held.userId, role: held.role }
    const before = { ...asked, endsAt: held.endsAt?.toISOString() ?? null }
    const recorded = { patientId: null, records: null, note: reason }
    if (!takesSecondPerson(policy, { name: held.role, version: held.roleVersion })) {
      await entry.changed(tx, { change: { before, after: { ...asked, outcome: 'ended' } }, ...recorded })
      await endAssignmentRow(tx, app, entry.draft('success', null), { held, endedBy: user.id, reason })
      return { outcome: 'ended' }
    }
    if (held.endsAt !== null && held.endsAt <= app.clock())
      throw new ChartwardError('CONFLICT', 'This assignment has ended already.')
    await requireFloors(tx, app, (other) => other.assignmentId === assignmentId)
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'role-end',
      subjectId: held.userId,
      payload: { assignmentId, role: held.role },
      requestedBy: user.id,
      reason,
    })
    const after = { ...asked, outcome: 'pending-approval', approval: approvalId }
    await entry.changed(tx, { change: { before, after }, ...recorded })
    return { outcome: 'pending-approval', approvalId }
  })
}
