import type { PutRoleInForceInput, PutRoleInForceOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval } from '../approvals/approval.ts'
import { requireUnbound } from '../approvals/bound.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { putPlanInForce } from './move-holders.ts'
import { differenceHash, planOf } from './plan.ts'

/**
 * Puts a version of a custom role in force for all who hold the role, or for those named: at once where it
 * only takes away what is not privileged, else once a second person has agreed. What was looked at is what is
 * done.
 */
export const putRoleInForce = async ({
  ctx: { app, user, entry, separation },
  input: { name, version, people, hash, reason },
}: {
  readonly ctx: VerbContext<'role.version.force-requested'>
  readonly input: PutRoleInForceInput
}): Promise<PutRoleInForceOutput> =>
  withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'access:role:put-in-force')
    const plan = await planOf(tx, app, { name, version, people: people ?? null })
    const { row, difference, moving } = plan
    separation.requireNotAmong(plan.holders)
    if (differenceHash(difference) !== hash)
      throw new ChartwardError(
        'CONFLICT',
        'What this would do has changed since you looked at it. Look at it again, and decide then.',
      )
    if (difference.obstacle !== null)
      throw new ChartwardError('CONFLICT', difference.obstacle, { field: 'version' })
    const asked = { role: name, version, people: people?.toSorted() ?? null, difference: hash }
    const recorded = { patientId: null, records: null, resource: { type: 'role', id: row.id }, note: reason }
    const before = { role: name, inForce: row.inForce }
    if (!difference.secondPerson) {
      // A request for a second person looks at it by itself.
      await requireUnbound(tx, app, user.id)
      await entry.changed(tx, { change: { before, after: { ...asked, outcome: 'in-force' } }, ...recorded })
      const said = { reason, approval: null, requestedBy: user.id }
      const moved = await putPlanInForce(tx, app, entry.draft('success', null), plan, said)
      return { outcome: 'in-force', moved }
    }
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'role-version',
      subjectId: row.id as Id<'role'>,
      payload: {
        role: name,
        version: String(version),
        people: people === undefined ? null : [...people].toSorted().join(),
        moving: String(moving.length),
      },
      requestedBy: user.id,
      reason,
    })
    const after = { ...asked, outcome: 'pending-approval', approval: approvalId }
    await entry.changed(tx, { change: { before, after }, ...recorded })
    return { outcome: 'pending-approval', approvalId }
  })
