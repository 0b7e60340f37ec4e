import type { ListUsersInput, ListUsersOutput, UserStatus } from '@chartward/contract'
import type { UserId } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'

const PAGE = 50

interface Row {
  readonly id: UserId
  readonly email: string
  readonly displayName: string
  readonly status: UserStatus
  readonly roles: readonly (readonly [role: string, endsAt: string | null])[] | null
  readonly mfa: boolean
  readonly lastSeenAt: string | null
  readonly createdAt: string
}

/**
 * Users, newest first (ids are UUIDv7, so they are their own keyset), with the roles in force, and how many
 * there are of each status.
 */
export const listUsers = async ({
  ctx: { app, policy, entry },
  input,
}: {
  readonly ctx: VerbContext<'user.listed'>
  readonly input: ListUsersInput
}): Promise<ListUsersOutput> => {
  const { sql } = app.db
  const now = app.clock().toISOString()
  const limit = input.limit ?? PAGE
  const pattern =
    input.text === undefined || input.text === '' ? null : `%${input.text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await sql<Row[]>`
    select u.id, u.email, u.display_name as "displayName", u.status, u.last_seen_at as "lastSeenAt",
      u.created_at as "createdAt",
      (select json_agg(json_build_array(a.role, a.ends_at) order by a.starts_at) from role_assignments a
        where a.user_id = u.id and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})) as roles,
      exists (select from totp_factors f
        where f.user_id = u.id and f.confirmed_at is not null and not f.disabled) as mfa
    from users u
    where (${input.status ?? null}::text is null or u.status = ${input.status ?? null})
      and (${pattern}::text is null or u.email ilike ${pattern} or u.display_name ilike ${pattern})
      and (${input.role ?? null}::text is null or exists (select from role_assignments a
        where a.user_id = u.id and a.role = ${input.role ?? null}
          and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})))
      and (${input.cursor ?? null}::uuid is null or u.id < ${input.cursor ?? null}::uuid)
    order by u.id desc
    limit ${limit + 1}`
  const counted = await sql<{ status: string; count: number }[]>`
    select status, count(*)::integer as count from users group by status`
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    roles: (row.roles ?? []).map(([role, endsAt]) => ({
      role,
      title: policy.roles[role]?.title ?? role,
      endsAt: isoOrNull(endsAt),
    })),
    lastSeenAt: isoOrNull(row.lastSeenAt),
    createdAt: new Date(row.createdAt).toISOString(),
  }))
  entry.shown({ count: items.length, resource: { type: 'user', id: null } })
  return {
    items,
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    counts: { status: Object.fromEntries(counted.map(({ status, count }) => [status, count])) },
  }
}

const isoOrNull = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString())
