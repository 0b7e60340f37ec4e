import type { Transaction } from '@chartward/db'
import type { Permission, UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { requireRight } from '../approvals/standing.ts'
import type { Plan } from './plan.ts'

/** What whoever asks for a plan has to be permitted one by one: doing it for many is no way round it. */
const permissionsOf = ({ lines }: Pick<Plan, 'lines'>): ReadonlySet<Permission> => {
  const needed = new Set<Permission>()
  for (const { line } of lines) {
    if (line.outcome === 'create') needed.add('account:user:invite')
    for (const { what, to } of line.changes) {
      if (what === 'role-given') needed.add('access:assignment:request')
      else if (what === 'role-ended') needed.add('access:assignment:end')
      else if (what === 'state')
        needed.add(to === 'deactivated' ? 'account:user:deactivate' : 'account:user:reactivate')
    }
  }
  return needed
}

/** Throws FORBIDDEN where somebody may not ask for one of the parts of a plan. */
export const requireParts = async (
  tx: Transaction,
  app: App,
  holder: UserId,
  plan: Pick<Plan, 'lines'>,
): Promise<void> => {
  for (const permission of permissionsOf(plan))
    await requireRight(tx, app, {
      holder,
      permission,
      about: null,
      message: 'Your role does not permit all of this. Leave out what it does not.',
    })
}

/** Throws CONFLICT where a plan is another one than was looked at, or does nothing. */
export const requireSame = ({ hash, counts }: Plan, shown: string): void => {
  if (hash !== shown)
    throw new ChartwardError(
      'CONFLICT',
      'What this comes to has changed since you looked at it. Look at it again, and ask then.',
    )
  if (counts.create + counts.change === 0)
    throw new ChartwardError('CONFLICT', 'Nothing would change by this: each line is the same, or refused.')
}
