import { definePolicy, type Policy, type Role } from '../policy.ts'

/** The versions of one custom role, and which of them whoever is given the role gets; null: it can't be. */
export interface CustomRole {
  readonly versions: readonly Role[]
  readonly inForce: number | null
}

/**
 * A policy with custom roles added. `version` says which policy it is. One of them that has the name of a
 * role of `base` is left out: a built-in role is what the code says.
 */
export const policyWith = (base: Policy, custom: readonly CustomRole[], version: string): Policy => {
  const versions: Record<string, readonly Role[]> = { ...base.versions }
  const roles: Record<string, Role> = { ...base.roles }
  for (const { versions: all, inForce } of custom) {
    const [first] = all
    if (first === undefined || Object.hasOwn(base.roles, first.name)) continue
    versions[first.name] = [...all]
    const given = all.find((one) => one.version === inForce)
    if (given !== undefined) roles[first.name] = given
  }
  return definePolicy({ ...base, version, roles, versions })
}
