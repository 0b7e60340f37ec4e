import type { RetireRoleInput, RetireRoleOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { assignmentsOf, findCustomRole, peopleOf } from './stored.ts'

/**
 * Retires a custom role that nobody holds: nobody is given it any more. Its versions stay, since the log
 * names them.
 */
export const retireRole = async ({
  ctx: { app, user, entry, separation },
  input: { name, reason },
}: {
  readonly ctx: VerbContext<'role.retired'>
  readonly input: RetireRoleInput
}): Promise<RetireRoleOutput> => {
  await withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'access:role:put-in-force')
    const row = await findCustomRole(tx, app, name)
    if (row === undefined) throw new ChartwardError('NOT_FOUND')
    const holders = peopleOf(await assignmentsOf(tx, app, name))
    separation.requireNotAmong(holders)
    if (row.retiredAt !== null) throw new ChartwardError('CONFLICT', 'This role is retired already.')
    if (holders.length > 0)
      throw new ChartwardError(
        'CONFLICT',
        `${holders.length === 1 ? 'One person holds' : `${holders.length} people hold`} this role. End what they hold first.`,
      )
    const gone = { inForce: null, retiredAt: app.clock(), retiredBy: user.id }
    await app.vouching.change(tx, 'custom-role', eq(schema.customRoles.id, row.id), gone)
    await entry.changed(tx, {
      change: {
        before: { role: name, inForce: row.inForce },
        after: { role: name, inForce: null, retired: true },
      },
      patientId: null,
      records: null,
      resource: { type: 'role', id: row.id },
      note: reason,
    })
  })
  return {}
}
