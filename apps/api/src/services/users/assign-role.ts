import type { AssignRoleInput, AssignRoleOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { askForRole, wantedRole } from './ask-for-role.ts'

/**
 * Asks for a role for somebody else (decide() has refused one's own). It is granted at once, unless it is a
 * privileged one: that waits for a second person.
 */
export const assignRole = async ({
  ctx: { app, user, entry },
  input: { userId, reason, ...named },
}: {
  readonly ctx: VerbContext<'role.assignment.requested'>
  readonly input: AssignRoleInput
}): Promise<AssignRoleOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  const wanted = wantedRole(app.clock(), named)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'access:assignment:request')
    const asked = { ...wanted, userId, reason, askedBy: user.id }
    return askForRole(tx, app, entry.draft('success', null), asked, (after) =>
      entry.changed(tx, { change: { before: null, after }, patientId: null, records: null, note: reason }),
    )
  })
}
