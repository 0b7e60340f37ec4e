import { hash } from 'node:crypto'
import { canonicalise } from '@chartward/audit'
import type { RoleDifference } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import {
  type AccessChange,
  adds,
  assignmentKey,
  conflictsOf,
  differenceOf,
  type Holder,
  impactOf,
  isNoChange,
  lostNames,
  type Policy,
  type Role,
  type RoleRef,
  roleAllows,
  roleOf,
  type UserId,
} from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { personOf, userNames } from '../users/names.ts'
import { requireFloors } from '../users/require-floors.ts'
import { assignmentsOf, findCustomRole, peopleOf, rolesOf } from './stored.ts'

/** A version, and who is moved to it: all who hold the role, or those named. */
export interface Wanted {
  readonly name: string
  readonly version: number
  readonly people: readonly UserId[] | null
}

/** What putting a version in force would do, as everything stands. */
export interface Plan {
  readonly row: RowOf<'custom-role'>
  readonly role: Role
  /** Everybody who holds the role, also those who stay where they are. */
  readonly holders: readonly UserId[]
  /** The assignments that change. */
  readonly moving: readonly RowOf<'role-assignment'>[]
  readonly difference: RoleDifference
}

/**
 * Works out what putting a version in force would do, to whom. Rejects NOT_FOUND for a version that there is
 * not, and INTEGRITY where a row that it rests on does not count.
 */
export const planOf = async (
  connection: Connection,
  app: App,
  { name, version, people }: Wanted,
): Promise<Plan> => {
  const row = await findCustomRole(connection, app, name)
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  const held = await assignmentsOf(connection, app, name)
  const holders = peopleOf(held)
  const meant = held.filter(({ userId }) => people === null || people.includes(userId))
  const moving = meant.filter(({ roleVersion }) => roleVersion !== version)
  const before = await rolesOf(connection, app, peopleOf(moving))
  const given = row.inForce === null ? [] : [{ name, version: row.inForce }]
  const policy = await app.policies.inForce([{ name, version }, ...given, ...[...before.values()].flat()])
  const role = roleOf(policy, { name, version })
  if (role === undefined) throw new ChartwardError('NOT_FOUND')
  const moved = movedOf(before, { name, version })
  const names = await userNames(connection, peopleOf(moving))
  const named = (ids: readonly string[]) =>
    ids
      .map((id) => personOf(names, id))
      .toSorted((a, b) => (a.displayName + a.id < b.displayName + b.id ? -1 : 1))
  const change = differenceOf(policy, { before: given, after: [{ name, version }], isPatient: true })
  const impact = impactOf(policy, moved)
  const wasPrivileged = given.some((ref) => roleOf(policy, ref)?.privileged === true)
  const difference: RoleDifference = {
    name,
    title: role.title,
    version,
    inForce: row.inForce,
    forAll: people === null,
    change: plain(change),
    affected: impact
      .filter((group) => !isNoChange(group.change))
      .map((group) => ({ change: plain(group.change), people: named(group.people) })),
    unaffected: named(impact.flatMap((group) => (isNoChange(group.change) ? [...group.people] : []))),
    privileged: { before: wasPrivileged, after: role.privileged },
    conflicts: [
      ...conflictsOf(policy, [{ name, version }]).map(({ says }) => ({ person: null, says })),
      ...moved.flatMap((one) =>
        newConflicts(policy, one).map((says) => ({ person: personOf(names, one.id), says })),
      ),
    ],
    // What is privileged is neither given nor taken by one person alone.
    secondPerson:
      adds(change) ||
      (role.privileged && !wasPrivileged) ||
      moving.some((held) => roleOf(policy, { name, version: held.roleVersion })?.privileged === true) ||
      impact.some((group) => adds(group.change)),
    obstacle: await obstacleTo(connection, app, { row, role, people, holders, moving }),
  }
  return { row, role, holders, moving, difference }
}

/** As the contract has it: lists that may be changed. */
const plain = ({ permissions, fields }: AccessChange): RoleDifference['change'] => ({
  permissions: permissions.map(({ cell, ...answers }) => ({
    cell: { ...cell, labels: [...cell.labels] },
    ...answers,
  })),
  fields: fields.map(({ cells, from, to, paths }) => ({
    cells: cells.map((cell) => ({ ...cell, labels: [...cell.labels] })),
    from,
    to,
    paths: [...paths],
  })),
})

const movedOf = (
  before: ReadonlyMap<UserId, readonly RoleRef[]>,
  to: RoleRef & { readonly version: number },
): Holder[] => {
  // The same set of roles in another order is the same set: people are grouped by it.
  const sorted = (refs: readonly RoleRef[]) =>
    [...new Map(refs.map((ref) => [assignmentKey(ref), ref])).entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, ref]) => ref)
  return [...before].map(([id, refs]) => ({
    id,
    before: sorted(refs),
    after: sorted(refs.map((ref) => (ref.name === to.name ? to : ref))),
    // Nobody whom a role is assigned to is known as a patient.
    isPatient: false,
  }))
}

const newConflicts = (policy: Policy, { before, after }: Holder): string[] => {
  const had = conflictsOf(policy, before)
  return conflictsOf(policy, after).flatMap((one) => (had.includes(one) ? [] : [one.says]))
}

/** Why it can't be put in force, or null. */
const obstacleTo = async (
  connection: Connection,
  app: App,
  plan: Pick<Plan, 'row' | 'role' | 'holders' | 'moving'> & Pick<Wanted, 'people'>,
): Promise<string | null> => {
  const { row, role, people, holders, moving } = plan
  if (row.retiredAt !== null) return 'This role is retired: nobody is given it any more.'
  const lost = lostNames(role)
  if (lost.length > 0)
    return `It names ${lost.join(', ')}, which the catalog does not have any more. Draft a version without.`
  if (people?.some((id) => !holders.includes(id)) === true)
    return 'Somebody who is named does not hold this role. Choose among those who do.'
  if (people === null ? row.inForce === role.version && moving.length === 0 : moving.length === 0)
    return 'It is in force for all of them already.'
  const ids = new Set(moving.map(({ id }) => id))
  try {
    await requireFloors(
      connection,
      app,
      (held, permission) => ids.has(held.assignmentId) && !roleAllows(role, permission),
    )
    return null
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'CONFLICT') return error.message
    throw error
  }
}

/** What a decision on it commits to: SHA-256 over its canonical JSON (RFC 8785), in hex. */
export const differenceHash = (difference: RoleDifference): string =>
  hash('sha256', canonicalise(difference), 'hex')
