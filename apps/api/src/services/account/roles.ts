import type { MyRolesOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { permitsInWords } from '../users/role-permits.ts'

/** What the roles permit that are in force for whoever asks, each once. */
export const myRoles = async ({
  ctx: { app, policy, actor, entry },
}: {
  readonly ctx: VerbContext<'account.viewed'>
}): Promise<MyRolesOutput> => {
  const now = app.clock()
  const names = new Set(
    actor.roles
      .filter(({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || now < endsAt))
      .map(({ name }) => name),
  )
  const roles = Object.values(policy.roles).filter(({ name }) => names.has(name))
  entry.shown({ count: roles.length, resource: { type: 'role', id: null } })
  return roles.map((role) => permitsInWords(policy, role))
}
