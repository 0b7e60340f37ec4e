import type { EndAssignmentInput, EndAssignmentOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { administering, requireAnotherAdministrator } from './require-another-administrator.ts'

const { roleAssignments } = schema

/**
 * Ends a role assignment now. It takes effect at the person's next request, since every decision reads
 * the assignments.
 */
export const endAssignment = async ({
  ctx: { app, user, policy, entry, separation },
  input: { assignmentId, reason },
}: {
  readonly ctx: VerbContext<'role.assignment.ended'>
  readonly input: EndAssignmentInput
}): Promise<EndAssignmentOutput> => {
  entry.about({ type: 'role-assignment', id: assignmentId }, null)
  await withTransaction(app.db, 'none', async (tx) => {
    const now = app.clock()
    const [held] = await tx.orm.select().from(roleAssignments).where(eq(roleAssignments.id, assignmentId))
    if (held === undefined) throw new ChartwardError('NOT_FOUND')
    separation.require(held.userId)
    if (administering(policy).includes(held.role)) {
      await requireAnotherAdministrator(tx, app, (other) => other.assignmentId === assignmentId)
    }
    const inForce = and(
      eq(roleAssignments.id, assignmentId),
      or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, now)),
    )
    const end = { endsAt: now, endedBy: user.id, endReason: reason }
    const [ended] = await app.vouching.end(tx, 'role-assignment', inForce, end)
    if (ended === undefined) throw new ChartwardError('CONFLICT', 'This assignment has ended already.')
    const subject = { user: held.userId, role: held.role }
    await entry.changed(tx, {
      change: {
        before: { ...subject, endsAt: held.endsAt?.toISOString() ?? null },
        after: { ...subject, endsAt: now.toISOString() },
      },
      patientId: null,
      records: null,
      note: reason,
    })
  })
  return {}
}
