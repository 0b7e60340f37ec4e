import type { CompareRoleInput, CompareRoleOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { differenceHash, planOf } from './plan.ts'

/** What putting a version in force would do exactly, to each person by name. Nothing is changed. */
export const compareRole = async ({
  ctx: { app, entry },
  input: { name, version, people },
}: {
  readonly ctx: VerbContext<'role.compared'>
  readonly input: CompareRoleInput
}): Promise<CompareRoleOutput> => {
  const { row, difference } = await planOf(app.db, app, { name, version, people: people ?? null })
  entry.shown({ count: difference.affected.length, resource: { type: 'role', id: row.id } })
  return { difference, hash: differenceHash(difference) }
}
