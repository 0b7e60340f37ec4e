import type { RoleConflictsInput, RoleConflictsOutput } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { conflictsOf, type RoleRef } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { findCustomRole, rolesOf } from './stored.ts'

/**
 * Duties that one person should not have and that whoever holds these roles would have with another one; none
 * that they have already.
 */
export const conflictsWith = async (
  connection: Connection,
  app: App,
  held: readonly RoleRef[],
  name: string,
): Promise<string[]> => {
  const row = await findCustomRole(connection, app, name)
  const given = { name, version: row?.inForce ?? null }
  const policy = await app.policies.inForce([...held, ...(row?.inForce == null ? [] : [given])])
  const had = conflictsOf(policy, held)
  return conflictsOf(policy, [...held, given]).flatMap((one) => (had.includes(one) ? [] : [one.says]))
}

/** The same, asked before a role is given. */
export const roleConflicts = async ({
  ctx: { app, entry },
  input,
}: {
  readonly ctx: VerbContext<'role.viewed'>
  readonly input: RoleConflictsInput
}): Promise<RoleConflictsOutput> => {
  entry.about({ type: 'user', id: input.userId }, null)
  const held = (await rolesOf(app.db, app, [input.userId])).get(input.userId) ?? []
  return { conflicts: await conflictsWith(app.db, app, held, input.role) }
}
