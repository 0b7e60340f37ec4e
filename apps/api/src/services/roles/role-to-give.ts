import type { Transaction } from '@chartward/db'
import { type Role, roleOf } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { findCustomRole } from './stored.ts'

/** A role as it is given now, and the version that the assignment has to name; null for a built-in one. */
export interface GivenRole {
  readonly role: Role
  readonly version: number | null
}

/**
 * The role of this name as it is given at this moment, by the row and not by what the process knows: of a
 * custom one the version in force. Throws NOT_FOUND where there is none, none in force, or none that is
 * assigned.
 */
export const roleToGive = async (
  tx: Transaction,
  app: Pick<App, 'policies' | 'vouching'>,
  name: string,
): Promise<GivenRole> => {
  const row = await findCustomRole(tx, app, name)
  const version = row?.inForce ?? null
  const policy = await app.policies.inForce(version === null ? [] : [{ name, version }])
  const role = row !== undefined && version === null ? undefined : roleOf(policy, { name, version })
  if (role === undefined || role.ofPatients === true)
    throw new ChartwardError('NOT_FOUND', 'There is no such role.', { field: 'role' })
  return { role, version }
}
