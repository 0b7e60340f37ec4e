import type { AssignRoleOutput } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { requestApproval } from '../approvals/approval.ts'
import { roleToGive } from '../roles/role-to-give.ts'
import { grantRole, requireNotHeld } from './grant-role.ts'
import { lockLivingUser } from './lock-user.ts'

interface Wanted {
  readonly role: string
  readonly endsAt: Date | null
}

/** A role by its name, and until when. Throws INVALID_INPUT for an end that lies in the past. */
export const wantedRole = (
  now: Date,
  { role, endsAt }: { readonly role: string; readonly endsAt?: Date | undefined },
): Wanted => {
  if (endsAt !== undefined && endsAt <= now)
    throw new ChartwardError('INVALID_INPUT', 'The end of the assignment lies in the past.', {
      field: 'endsAt',
    })
  return { role, endsAt: endsAt ?? null }
}

/** What the entry of the request says was asked for, and what has become of it. */
export type RoleAsked = {
  readonly user: UserId
  readonly role: string
  readonly endsAt: string | null
} & ({ readonly outcome: 'granted' } | { readonly outcome: 'pending-approval'; readonly approval: string })

/**
 * Gives somebody a role, in the caller's transaction, which acts one at a time: at once, unless it is a
 * privileged one, which waits for a second person, also where there is none. `record` writes the entry of the
 * request; `by` is who asks.
 */
export const askForRole = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  asked: Wanted & { readonly userId: UserId; readonly reason: string; readonly askedBy: UserId },
  record: (after: RoleAsked) => Promise<unknown>,
): Promise<AssignRoleOutput> => {
  const { endsAt, userId, reason, askedBy } = asked
  // By the row: what the process knows of it may be a moment old, and decides whether it takes two people.
  const { role } = await roleToGive(tx, app, asked.role)
  const said = { user: userId, role: role.name, endsAt: endsAt?.toISOString() ?? null }
  if (!role.privileged) {
    await record({ ...said, outcome: 'granted' })
    const grant = { userId, role: role.name, reason, endsAt, grantedBy: askedBy, approvalId: null }
    return { outcome: 'granted', assignmentId: await grantRole(tx, app, by, grant) }
  }
  await lockLivingUser(tx, app, userId)
  await requireNotHeld(tx, app, { userId, role: role.name })
  const { id: approvalId } = await requestApproval(tx, app, {
    kind: 'role-assignment',
    subjectId: userId,
    payload: { role: role.name, endsAt: said.endsAt },
    requestedBy: askedBy,
    reason,
  })
  await record({ ...said, outcome: 'pending-approval', approval: approvalId })
  return { outcome: 'pending-approval', approvalId }
}
