import type { ListCustomRolesOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { lostNames, type Role } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'

type Item = ListCustomRolesOutput['items'][number]

/** Every role there is: those that ship, then the custom ones, each by its newest version. */
export const listAllRoles = async ({
  ctx: { app, entry },
}: {
  readonly ctx: VerbContext<'role.listed'>
}): Promise<ListCustomRolesOutput> => {
  const rows = await app.db.orm.select().from(schema.customRoles)
  const saved = await app.db.sql<{ name: string; version: number }[]>`
    select role as name, max(version) as version from role_versions group by role`
  const policy = await app.policies.inForce(saved)
  const held = await app.db.sql<{ role: string; holders: number }[]>`
    select role, count(distinct user_id)::integer as holders from role_assignments
    where ends_at is null or ends_at > ${app.clock().toISOString()} group by role`
  const holders = new Map(held.map((one) => [one.role, one.holders]))
  const itemOf = (role: Role, custom: Pick<Item, 'builtIn' | 'inForce' | 'retired'>): Item => ({
    name: role.name,
    title: role.title,
    description: role.description,
    privileged: role.privileged,
    latest: role.version,
    holders: holders.get(role.name) ?? 0,
    lost: [...lostNames(role)],
    ...custom,
  })
  const { roles, versions = {} } = policy
  const builtIn = Object.values(roles).filter(({ name }) => !Object.hasOwn(versions, name))
  const items = [
    ...builtIn.map((role) => itemOf(role, { builtIn: true, inForce: role.version, retired: false })),
    ...Object.entries(versions).flatMap(([name, all]) => {
      const latest = all.at(-1)
      const row = rows.find((one) => one.name === name)
      if (latest === undefined) return []
      const retired = row !== undefined && row.retiredAt !== null
      return [itemOf(latest, { builtIn: false, inForce: row?.inForce ?? null, retired })]
    }),
  ]
  entry.shown({ count: items.length, resource: { type: 'role', id: null } })
  return { items }
}
