import type { DeactivateUserInput, DeactivateUserOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { lockUser } from './lock-user.ts'
import { administering, requireAnotherAdministrator } from './require-another-administrator.ts'

const { invitations, roleAssignments, users } = schema

/**
 * Closes an account for good: its sessions end, its invitations are withdrawn, and no password opens it. The
 * row stays, because the audit log names it. Nobody closes their own.
 */
export const deactivateUser = async ({
  ctx: { app, user, policy, entry, separation },
  input: { id, reason },
}: {
  readonly ctx: VerbContext<'user.deactivated'>
  readonly input: DeactivateUserInput
}): Promise<DeactivateUserOutput> => {
  entry.about({ type: 'user', id }, null)
  separation.require(id)
  await withTransaction(app.db, 'none', async (tx) => {
    const now = app.clock()
    const [administrator] = await tx.orm
      .select({ id: roleAssignments.id })
      .from(roleAssignments)
      .where(and(eq(roleAssignments.userId, id), inArray(roleAssignments.role, administering(policy))))
      .limit(1)
    if (administrator !== undefined) {
      await requireAnotherAdministrator(tx, app, ({ userId }) => userId === id)
    }
    const { status } = await lockUser(tx, id)
    if (status === 'deactivated') throw new ChartwardError('CONFLICT', 'This user is deactivated already.')
    const deactivated = { status: 'deactivated', deactivatedAt: now } as const
    await app.vouching.change(tx, 'user', eq(users.id, id), deactivated)
    const standing = and(eq(invitations.userId, id), isNull(invitations.revokedAt))
    await app.vouching.end(tx, 'invitation', standing, { revokedAt: now })
    const ended = await endSessionsOf(tx, app, id, { reason: 'deactivated', by: user.id })
    await entry.changed(tx, {
      change: { before: { status }, after: { status: 'deactivated' } },
      patientId: null,
      records: null,
      count: ended.length,
      note: reason,
    })
  })
  return {}
}
