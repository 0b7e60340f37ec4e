import type { RoleConflictsInput, RoleConflictsOutput } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { conflictsOf, type Policy, refOf, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rolesOf } from './stored.ts'

/** Duties that one person should not have and that somebody would have with a role more; what is so already is not named. */
export const conflictsWith = async (
  connection: Connection,
  app: App,
  policy: Policy,
  { userId, role: name }: { readonly userId: UserId; readonly role: string },
): Promise<string[]> => {
  const role = Object.hasOwn(policy.roles, name) ? policy.roles[name] : undefined
  if (role === undefined) return []
  const held = (await rolesOf(connection, app, [userId])).get(userId) ?? []
  const had = conflictsOf(policy, held)
  return conflictsOf(policy, [...held, refOf(policy, role)]).flatMap((one) =>
    had.includes(one) ? [] : [one.says],
  )
}

/** The same, asked before a role is given. */
export const roleConflicts = async ({
  ctx: { app, policy, entry },
  input,
}: {
  readonly ctx: VerbContext<'role.viewed'>
  readonly input: RoleConflictsInput
}): Promise<RoleConflictsOutput> => {
  if (!Object.hasOwn(policy.roles, input.role)) throw new ChartwardError('NOT_FOUND')
  entry.about({ type: 'user', id: input.userId }, null)
  return { conflicts: await conflictsWith(app.db, app, policy, input) }
}
