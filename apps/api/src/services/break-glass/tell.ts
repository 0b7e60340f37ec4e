import type { Transaction } from '@chartward/db'
import { type Permission, rolesAllowing, type UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { type Notice, notify } from '../notices/notify.ts'

/**
 * Tells everybody who holds one of these permissions, and is not the one whom it is about, in the caller's
 * transaction.
 */
export const tellHolders = async (
  tx: Transaction,
  app: App,
  permissions: readonly Permission[],
  { about, notice }: { readonly about: UserId; readonly notice: Notice },
): Promise<number> => {
  const policy = await app.policies.inForce()
  const roles = [...new Set(permissions.flatMap((permission) => rolesAllowing(policy, permission)))]
  const now = app.clock().toISOString()
  const people = await tx.sql<{ id: UserId }[]>`
    select distinct u.id from users u join role_assignments a on a.user_id = u.id
    where u.status = 'active' and u.id <> ${about} and a.role || coalesce('@' || a.role_version, '') = any(${roles})
      and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})
    order by u.id`
  for (const { id } of people) await notify(tx, app, id, notice)
  return people.length
}
