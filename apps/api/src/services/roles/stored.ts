import { type Connection, schema } from '@chartward/db'
import type { RoleRef, UserId } from '@chartward/policy'
import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { RowOf } from '../../vouch/kinds.ts'

const { customRoles, roleAssignments, roleVersions } = schema

type Orm = Pick<Connection, 'orm'>
type Vouching = Pick<App, 'vouching'>

/** The row of a custom role; undefined where there is none. Rejects INTEGRITY where it does not count. */
export const findCustomRole = async (
  { orm }: Orm,
  { vouching }: Vouching,
  name: string,
): Promise<RowOf<'custom-role'> | undefined> => {
  const [row] = await orm.select().from(customRoles).where(eq(customRoles.name, name))
  return row === undefined ? undefined : vouching.require('custom-role', row)
}

/** The versions of a role, the newest first. Rejects INTEGRITY where one of them does not count. */
export const versionsOf = async (
  { orm }: Orm,
  { vouching }: Vouching,
  name: string,
): Promise<RowOf<'role-version'>[]> => {
  const rows = await orm
    .select()
    .from(roleVersions)
    .where(eq(roleVersions.role, name))
    .orderBy(desc(roleVersions.version))
  for (const row of rows) await vouching.require('role-version', row)
  return rows
}

const standing = (now: Date) => or(isNull(roleAssignments.endsAt), gt(roleAssignments.endsAt, now))

/** The assignments of a role that have not ended. Rejects INTEGRITY where one of them does not count. */
export const assignmentsOf = async (
  { orm }: Orm,
  { vouching, clock }: Pick<App, 'vouching' | 'clock'>,
  name: string,
): Promise<RowOf<'role-assignment'>[]> => {
  const rows = await orm
    .select()
    .from(roleAssignments)
    .where(and(eq(roleAssignments.role, name), standing(clock())))
    .orderBy(roleAssignments.id)
  for (const row of rows) await vouching.require('role-assignment', row)
  return rows
}

/** All roles that these people hold or are to hold, by person. */
export const rolesOf = async (
  { orm }: Orm,
  { vouching, clock }: Pick<App, 'vouching' | 'clock'>,
  people: readonly UserId[],
): Promise<ReadonlyMap<UserId, readonly RoleRef[]>> => {
  if (people.length === 0) return new Map()
  const rows = await orm
    .select()
    .from(roleAssignments)
    .where(and(inArray(roleAssignments.userId, [...people]), standing(clock())))
    .orderBy(roleAssignments.id)
  for (const row of rows) await vouching.require('role-assignment', row)
  const byPerson = Map.groupBy(rows, ({ userId }) => userId)
  return new Map(
    [...byPerson].map(([userId, held]) => [
      userId,
      held.map(({ role: name, roleVersion: version }) => ({ name, version })),
    ]),
  )
}

/** The people of these assignments, each once. */
export const peopleOf = (rows: readonly { readonly userId: UserId }[]): UserId[] => [
  ...new Set(rows.map(({ userId }) => userId)),
]
