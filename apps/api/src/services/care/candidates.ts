import type { FindCandidatesInput, FindCandidatesOutput } from '@chartward/contract'
import { rolesAllowing, titleOf, type UserId } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { meantBy } from '../users/meant-by.ts'

const MOST = 20

/**
 * Active users other than the reader who are meant by the name that was typed, and whose role is for care:
 * whom one may put into a care team, or have cover for somebody.
 */
export const findCandidates = async ({
  ctx: { app, user, policy, entry },
  input,
}: {
  ctx: VerbContext<'care.relationship.listed' | 'care.cover.listed'>
  input: Pick<FindCandidatesInput, 'text'>
}): Promise<FindCandidatesOutput> => {
  const now = app.clock().toISOString()
  const caring = rolesAllowing(policy, 'vault:record:read', 'care')
  const rows = await app.db.sql<{ id: UserId; display_name: string; roles: string[] }[]>`
    select u.id, u.display_name, array_agg(distinct a.role order by a.role) as roles
    from users u join role_assignments a on a.user_id = u.id
      and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})
    where u.status = 'active' and u.id <> ${user.id} and a.role || coalesce('@' || a.role_version, '') = any(${caring})
    group by u.id order by u.display_name`
  const isMeant = meantBy(input.text)
  const meant = rows.filter(({ display_name: displayName }) => isMeant({ displayName })).slice(0, MOST)
  entry.shown({ count: meant.length, resource: { type: 'User', id: null } })
  return meant.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    roles: row.roles.map((role) => titleOf(policy, { name: role })),
  }))
}
