import type { UserStatus } from '@chartward/contract'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { isUsable } from '../auth/passkeys/rows.ts'
import { userNames } from '../users/names.ts'

const { passkeys, roleAssignments, totpFactors, users } = schema

/** A role assignment that has not ended. */
export interface HeldRole {
  readonly assignmentId: string
  readonly role: string
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** A person as they stand. */
export interface Current {
  readonly id: UserId
  readonly displayName: string
  readonly email: string
  readonly status: UserStatus
  readonly department: string | null
  readonly employeeNumber: string | null
  readonly managerId: UserId | null
  readonly managerName: string | null
  readonly held: readonly HeldRole[]
  /** Signed in with a factor of their own, and may do so still. */
  readonly enrolled: boolean
  /** False where a row of theirs is none that the application vouches for: nothing is built on it. */
  readonly vouched: boolean
}

/** As many ids as one statement names. */
const AT_ONCE = 1_000

/**
 * People as they stand, by id; whoever is not there is left out. Three statements for a thousand of them, and
 * each row is looked at once.
 */
export const currentPeople = async (
  tx: Transaction,
  app: App,
  ids: readonly UserId[],
): Promise<Map<UserId, Current>> => {
  const found = new Map<UserId, Current>()
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await readSome(tx, app, ids.slice(from, from + AT_ONCE), found)
  return found
}

const readSome = async (
  tx: Transaction,
  { vouching, clock }: App,
  ids: readonly UserId[],
  found: Map<UserId, Current>,
): Promise<void> => {
  const rows = await tx.orm
    .select()
    .from(users)
    .where(and(inArray(users.id, ids), eq(users.kind, 'workforce')))
  const assigned = await tx.orm.select().from(roleAssignments).where(inArray(roleAssignments.userId, ids))
  const factors = await tx.orm.select().from(totpFactors).where(inArray(totpFactors.userId, ids))
  const keys = await tx.orm.select().from(passkeys).where(inArray(passkeys.userId, ids))
  const names = await userNames(
    tx,
    rows.map(({ managerId }) => managerId),
  )
  const rolesOf = Map.groupBy(assigned, ({ userId }) => userId)
  const factorsOf = Map.groupBy(factors, ({ userId }) => userId)
  const keysOf = Map.groupBy(keys, ({ userId }) => userId)
  const now = clock()
  for (const row of rows) {
    const own = {
      roles: rolesOf.get(row.id) ?? [],
      factors: factorsOf.get(row.id) ?? [],
      keys: keysOf.get(row.id) ?? [],
    }
    const vouched =
      (await vouching.admits('user', row)) &&
      (await vouching.admitsAll('role-assignment', row.id, own.roles)) &&
      (await vouching.admitsAll('factor', row.id, own.factors)) &&
      (await vouching.admitsAll('passkey', row.id, own.keys))
    found.set(row.id, {
      id: row.id,
      displayName: row.displayName,
      email: row.email,
      status: row.status,
      department: row.department,
      employeeNumber: row.employeeNumber,
      managerId: row.managerId,
      managerName: row.managerId === null ? null : (names.get(row.managerId) ?? ''),
      held: own.roles
        .filter(({ endsAt }) => endsAt === null || endsAt > now)
        .map(({ id, role, startsAt, endsAt }) => ({ assignmentId: id, role, startsAt, endsAt }))
        .toSorted((a, b) => (a.assignmentId < b.assignmentId ? -1 : 1)),
      enrolled:
        row.status === 'active' &&
        (own.factors.some(({ confirmedAt, disabled }) => confirmedAt !== null && !disabled) ||
          own.keys.some(isUsable)),
      vouched,
    })
  }
}
