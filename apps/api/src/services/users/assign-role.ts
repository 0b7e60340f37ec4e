import type { AssignRoleOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { grantRole, requireNotHeld } from './grant-role.ts'
import { lockLivingUser } from './lock-user.ts'

interface Input {
  readonly userId: UserId
  readonly role: string
  readonly reason: string
  readonly endsAt?: Date | undefined
}

/**
 * Asks for a role for somebody else (decide() has refused one's own). It is granted at once, unless it is a
 * privileged one: that waits for a second person, also where there is none.
 */
export const assignRole = async ({
  ctx: { app, user, policy, entry },
  input: { userId, role: name, reason, endsAt: until },
}: {
  readonly ctx: VerbContext<'role.assignment.requested'>
  readonly input: Input
}): Promise<AssignRoleOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  const role = Object.hasOwn(policy.roles, name) ? policy.roles[name] : undefined
  if (role === undefined) throw new ChartwardError('NOT_FOUND', 'There is no such role.', { field: 'role' })
  if (until !== undefined && until <= app.clock()) {
    throw new ChartwardError('INVALID_INPUT', 'The end of the assignment lies in the past.', {
      field: 'endsAt',
    })
  }
  const endsAt = until ?? null
  const asked = { user: userId, role: name, endsAt: endsAt?.toISOString() ?? null }
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'access:assignment:request')
    if (!role.privileged) {
      await entry.changed(tx, {
        change: { before: null, after: { ...asked, outcome: 'granted' } },
        patientId: null,
        records: null,
        note: reason,
      })
      const grant = { userId, role: name, reason, endsAt, grantedBy: user.id, approvalId: null }
      const assignmentId = await grantRole(tx, app, entry.draft('success', null), grant)
      return { outcome: 'granted', assignmentId }
    }
    await lockLivingUser(tx, app, userId)
    await requireNotHeld(tx, app, { userId, role: name })
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'role-assignment',
      subjectId: userId,
      payload: { role: name, endsAt: asked.endsAt },
      requestedBy: user.id,
      reason,
    })
    await entry.changed(tx, {
      change: { before: null, after: { ...asked, outcome: 'pending-approval', approval: approvalId } },
      patientId: null,
      records: null,
      note: reason,
    })
    return { outcome: 'pending-approval', approvalId }
  })
}
