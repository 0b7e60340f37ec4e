import { hash } from 'node:crypto'
import { type Database, schema } from '@chartward/db'
import {
  builtInPolicy,
  type CustomRole,
  isPrivileged,
  type Policy,
  policyWith,
  type Role,
  type RoleRef,
  roleOf,
  type Statement,
} from '@chartward/policy'
import { notInArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Logger } from '../core/log.ts'
import type { RowOf } from './kinds.ts'
import type { Vouching } from './vouching.ts'

const { customRoles, roleVersions } = schema

/** For so long a process goes by what it has read of which version is given, in milliseconds. */
const FRESH_MS = 1_000

const names = z.array(z.string())
/**
 * What a stored version says, in the form that compiling takes: names are looked up there, and only there.
 */
const stored = z.array(
  z.strictObject({
    id: z.string(),
    effect: z.literal('allow'),
    permissions: names,
    rows: z.enum(['care', 'self', 'all']).optional(),
    clear: names.optional(),
    partly: names.optional(),
    masked: names.optional(),
    hidden: names.optional(),
    labels: names.optional(),
    breakGlass: z.literal(true).optional(),
  }),
)

/** The role of a stored version, which the caller has found to be vouched for. */
export const roleOfVersion = (row: RowOf<'role-version'>): Role => {
  // A name that this catalog does not have is no selector, and opens nothing: compiling sees to it.
  const statements = stored.parse(JSON.parse(row.statements)) as Statement[]
  return {
    name: row.role,
    version: row.version,
    title: row.title,
    description: row.description,
    privileged: isPrivileged(statements),
    statements,
  }
}

export interface PoliciesOptions {
  readonly db: Pick<Database, 'orm'>
  readonly vouching: Vouching
  readonly log: Logger
}

/**
 * The policy in force: the built-in roles, and every version of the custom ones that the application
 * vouches for. Which version somebody has stands in their assignment, which is read with each request: a
 * version that this process has not seen yet is read then, so a role that is put in force holds from the
 * next request on, in every process. What is given to new holders is known within a second. Where it can't
 * be read, the request fails.
 */
export class CustomPolicies {
  readonly #options: PoliciesOptions
  /** Versions are written once, so that one that was admitted is never read again. */
  readonly #versions = new Map<string, Role>()
  #policy: Policy = builtInPolicy
  #digest = ''
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null

  constructor(options: PoliciesOptions) {
    this.#options = options
  }

  /** The policy, with each of these roles in it, where there is such a version. */
  async inForce(needed: readonly RoleRef[] = []): Promise<Policy> {
    const has = () => needed.every((ref) => roleOf(this.#policy, ref) !== undefined)
    if (performance.now() - this.#readAt >= FRESH_MS || !has()) {
      // A reading that is under way may have begun before the version was there.
      await this.#reading
      if (performance.now() - this.#readAt >= FRESH_MS || !has()) await this.#read()
    }
    return this.#policy
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    const { db, vouching } = this.#options
    const began = performance.now()
    const known = [...this.#versions.keys()]
    const rows = await db.orm
      .select()
      .from(roleVersions)
      .where(known.length === 0 ? undefined : notInArray(roleVersions.id, known))
    const roles = await db.orm.select().from(customRoles)
    for (const row of rows) {
      if (await vouching.admits('role-version', row)) this.#admit(row)
    }
    const given = new Map<string, number | null>()
    for (const row of roles) if (await vouching.admits('custom-role', row)) given.set(row.name, row.inForce)
    this.#take(given)
    this.#readAt = began
  }

  /** A version that says what this code does not understand is left out, and whoever has it is refused. */
  #admit(row: RowOf<'role-version'>): void {
    try {
      this.#versions.set(row.id, roleOfVersion(row))
    } catch (error) {
      this.#options.log.error(
        { rowKind: 'role-version', rowId: row.id, err: error },
        'a version of a role is not understood',
      )
    }
  }

  /** A policy is a value: another one is made only where something of it is otherwise. */
  #take(given: ReadonlyMap<string, number | null>): void {
    const byName = Map.groupBy(this.#versions.values(), ({ name }) => name)
    const custom = [...byName]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([name, versions]): CustomRole => ({
          versions: versions.toSorted((a, b) => a.version - b.version),
          inForce: given.get(name) ?? null,
        }),
      )
    const digest = custom.length === 0 ? '' : hash('sha256', JSON.stringify(custom), 'hex')
    if (digest === this.#digest) return
    this.#digest = digest
    this.#policy = policyWith(builtInPolicy, custom, `${builtInPolicy.version}+${digest.slice(0, 16)}`)
  }
}
