import type { Need } from '@chartward/contract'
import { titleOf } from '@chartward/policy'
import { personOf, userNames } from '../users/names.ts'
import { DAY_MS, type Feed, MOST } from './room.ts'

/** Before an invitation ends, and after it has, for so long it is worth a word. */
const INVITATION_SOON_MS = DAY_MS
const INVITATION_AGO_MS = 30 * DAY_MS
const ROLE_SOON_MS = 7 * DAY_MS
const DORMANT_MS = 90 * DAY_MS

/** People who have not come in yet, and whose link ends soon or has ended: they need another one. */
export const endingInvitations: Feed = {
  permissions: ['account:user:read', 'account:user:invite'],
  needs: async ({ app: { db, clock } }) => {
    const now = clock().getTime()
    const rows = await db.sql<
      { user_id: string; invited_by: string | null; created_at: string; expires_at: string }[]
    >`
      select * from (
        select distinct on (i.user_id) i.user_id, i.invited_by, i.created_at, i.expires_at
        from invitations i join users u on u.id = i.user_id
        where u.kind = 'workforce' and u.status = 'invited' and i.accepted_at is null and i.revoked_at is null
        order by i.user_id, i.created_at desc
      ) latest
      where expires_at <= ${new Date(now + INVITATION_SOON_MS).toISOString()}
        and expires_at > ${new Date(now - INVITATION_AGO_MS).toISOString()}
      order by expires_at desc limit ${MOST}`
    const names = await userNames(
      db,
      rows.flatMap(({ user_id, invited_by }) => [user_id, invited_by]),
    )
    return rows.map(
      ({ user_id, invited_by, created_at, expires_at }): Need => ({
        kind: 'invitation',
        room: 'users',
        id: user_id,
        what: null,
        whom: personOf(names, user_id),
        by: invited_by === null ? null : personOf(names, invited_by),
        since: new Date(created_at).toISOString(),
        due: new Date(expires_at).toISOString(),
      }),
    )
  },
}

/** Roles of others that end within a week: somebody decides whether they go on, nobody for themselves. */
export const endingRoles: Feed = {
  permissions: ['account:user:read', 'access:assignment:request'],
  needs: async ({ app: { db, clock }, user, policy }) => {
    const now = clock()
    const rows = await db.sql<{ user_id: string; role: string; starts_at: string; ends_at: string }[]>`
      select a.user_id, a.role, a.starts_at, a.ends_at
      from role_assignments a join users u on u.id = a.user_id
      where a.ended_by is null and a.starts_at <= ${now.toISOString()} and a.ends_at > ${now.toISOString()}
        and a.ends_at <= ${new Date(now.getTime() + ROLE_SOON_MS).toISOString()}
        and u.status = 'active' and u.id <> ${user.id}
        and not exists (select from role_assignments later where later.user_id = a.user_id and later.role = a.role
          and (later.ends_at is null or later.ends_at > a.ends_at))
      order by a.ends_at limit ${MOST}`
    const names = await userNames(
      db,
      rows.map(({ user_id }) => user_id),
    )
    return rows.map(
      ({ user_id, role, starts_at, ends_at }): Need => ({
        kind: 'role-ending',
        room: 'users',
        id: user_id,
        what: titleOf(policy, { name: role }),
        whom: personOf(names, user_id),
        by: null,
        since: new Date(starts_at).toISOString(),
        due: new Date(ends_at).toISOString(),
      }),
    )
  },
}

/** Open accounts of others that nobody has used for a quarter: they are closed, or asked about. */
export const dormantAccounts: Feed = {
  permissions: ['account:user:read', 'account:user:deactivate'],
  needs: async ({ app: { db, clock }, user }) => {
    const rows = await db.sql<{ id: string; display_name: string; seen: string }[]>`
      select id, display_name, coalesce(last_seen_at, created_at) as seen from users
      where kind = 'workforce' and status = 'active' and id <> ${user.id}
        and coalesce(last_seen_at, created_at) <= ${new Date(clock().getTime() - DORMANT_MS).toISOString()}
      order by seen limit ${MOST}`
    return rows.map(
      ({ id, display_name: displayName, seen }): Need => ({
        kind: 'dormant',
        room: 'users',
        id,
        what: null,
        whom: { id, displayName },
        by: null,
        since: new Date(seen).toISOString(),
        due: null,
      }),
    )
  },
}
