import type { Transaction } from '@chartward/db'
import type { App } from '../../core/app.ts'
import { ChartwardError } from '../../core/errors.ts'

/**
 * Throws CONFLICT where an installation would be left without an administrator who can sign in. Locks the administrators'
 * assignments, so that two who take the role from each other at the same moment don't both succeed.
 */
export const requireAnotherAdministrator = async (
  tx: Transaction,
  { clock }: App,
  assignmentIds: readonly string[],
): Promise<void> => {
  const now = clock().toISOString()
  const others = await tx.sql`
    select a.id from role_assignments a join users u on u.id = a.user_id
    where a.role = 'administrator' and u.status = 'active' and a.starts_at <= ${now}
      and (a.ends_at is null or a.ends_at > ${now})
    order by a.id for no key update of a`
  if (others.every((row) => assignmentIds.includes(String(row.id)))) {
    throw new ChartwardError('CONFLICT', 'This would leave nobody to administer Chartward.')
  }
}
