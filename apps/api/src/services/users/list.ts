import type { ListUsersInput, ListUsersOutput } from '@chartward/contract'
import { titleOf, type UserId } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { comparisonOf, filterAccounts, firstOf } from './facets.ts'
import { personOf, userNames } from './names.ts'

const PAGE = 50

interface Row {
  readonly id: UserId
  readonly roles: readonly (readonly [role: string, endsAt: string | null])[] | null
  readonly createdAt: string
}

/**
 * Users with the roles in force, newest first or as they are asked for, how many fit, and how many would fit
 * each choice of the filters. All accounts are looked at, as they are kept: what a text means, how names are
 * ordered and what is counted is the same for all of them, decided in one place. Figures and rows are what
 * the database says; a decision looks at what is vouched for.
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
  const inForce = sql`a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})`
  const accounts = await app.reads.accounts.all()
  const { fitting, counts } = filterAccounts(accounts, input)
  const compare = comparisonOf(input.sort)
  // The last one of the page before has its place in the order, whether it still fits the filters or not.
  const last = accounts.find(({ id }) => id === input.cursor)
  const rest = fitting.filter(
    (account) => input.cursor === undefined || (last !== undefined && compare(account, last) > 0),
  )
  const limit = input.limit ?? PAGE
  const shown = firstOf(rest, compare, limit)
  const rows = await sql<Row[]>`
    select u.id, u.created_at as "createdAt",
      (select json_agg(json_build_array(a.role, a.ends_at) order by a.starts_at) from role_assignments a
        where a.user_id = u.id and ${inForce}) as roles
    from users u where u.id = any(${shown.map(({ id }) => id)}::uuid[])`
  const names = await userNames(
    app.db,
    shown.map(({ managerId }) => managerId),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const items = shown.flatMap(({ roles: _, managerId, ...account }) => {
    const row = byId.get(account.id)
    if (row === undefined) return []
    return {
      ...account,
      manager: managerId === null ? null : personOf(names, managerId),
      roles: (row.roles ?? []).map(([role, endsAt]) => ({
        role,
        title: titleOf(policy, { name: role }),
        endsAt: isoOrNull(endsAt),
      })),
      lastSeenAt: isoOrNull(account.lastSeenAt),
      createdAt: new Date(row.createdAt).toISOString(),
    }
  })
  entry.shown({ count: items.length, resource: { type: 'user', id: null } })
  const nextCursor = rest.length > limit ? (items.at(-1)?.id ?? null) : null
  return { items, nextCursor, total: fitting.length, counts }
}

const isoOrNull = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString())
