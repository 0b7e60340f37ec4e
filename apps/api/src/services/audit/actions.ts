import { ACTIONS } from '@chartward/audit'
import type { ListActionsOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'

/** Everything that an entry can be of, for the explorer's filter. */
export const listActions = async ({
  ctx: { entry },
}: {
  ctx: VerbContext<'audit.searched'>
}): Promise<ListActionsOutput> => {
  const actions = Object.keys(ACTIONS).sort()
  entry.shown({ count: actions.length, resource: { type: 'AuditAction', id: null } })
  return actions
}
