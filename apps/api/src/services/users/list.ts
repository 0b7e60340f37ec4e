import type { ListUsersInput, ListUsersOutput, UserStatus } from '@chartward/contract'
import type { UserId } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { meantBy } from './meant-by.ts'

const PAGE = 50
/** So many accounts are looked at in one statement where a text is searched for. */
const AT_ONCE = 500

interface Account {
  readonly id: UserId
  readonly email: string
  readonly displayName: string
}

interface Row extends Account {
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
  const within = sql`(${input.status ?? null}::text is null or u.status = ${input.status ?? null})
      and (${input.role ?? null}::text is null or exists (select from role_assignments a
        where a.user_id = u.id and a.role = ${input.role ?? null}
          and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})))`
  const cursor = input.cursor ?? null
  const text = input.text ?? ''
  const accounts = (after: UserId | null) => sql<Account[]>`
    select u.id, u.email, u.display_name as "displayName" from users u
    where ${within} and (${after}::uuid is null or u.id < ${after}::uuid)
    order by u.id desc limit ${AT_ONCE}`
  const meant = text === '' ? null : await idsMeant(text, cursor, limit + 1, accounts)
  const rows = await sql<Row[]>`
    select u.id, u.email, u.display_name as "displayName", u.status, u.last_seen_at as "lastSeenAt",
      u.created_at as "createdAt",
      (select json_agg(json_build_array(a.role, a.ends_at) order by a.starts_at) from role_assignments a
        where a.user_id = u.id and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})) as roles,
      exists (select from totp_factors f
        where f.user_id = u.id and f.confirmed_at is not null and not f.disabled) as mfa
    from users u
    where ${within} and (${cursor}::uuid is null or u.id < ${cursor}::uuid)
      and (${meant}::uuid[] is null or u.id = any(${meant}::uuid[]))
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

/** The first `most` of those whom a text means, of accounts that are given in pages, each after a last id. */
const idsMeant = async (
  text: string,
  cursor: UserId | null,
  most: number,
  page: (after: UserId | null) => Promise<readonly Account[]>,
): Promise<UserId[]> => {
  const isMeant = meantBy(text)
  const ids: UserId[] = []
  for (let after = cursor; ids.length < most; ) {
    const some = await page(after)
    for (const account of some) if (isMeant(account)) ids.push(account.id)
    if (some.length < AT_ONCE) break
    after = some.at(-1)?.id ?? null
  }
  return ids.slice(0, most)
}

const isoOrNull = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString())
