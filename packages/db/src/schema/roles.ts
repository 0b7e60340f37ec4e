import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, userId, vouched } from './types.ts'

/**
 * A role that an installation has made itself. Its name is fixed: assignments and audit entries name it.
 * `inForce` is the version that whoever is given the role gets; null: nobody can be given it. Whoever holds
 * it has the version of their assignment. A retired one stays, and is given to nobody any more.
 */
export const customRoles = pgTable(
  'custom_roles',
  {
    id: id(),
    name: text().notNull(),
    createdBy: userId().notNull(),
    createdAt: createdAt(),
    inForce: integer(),
    retiredAt: instant(),
    retiredBy: userId(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('custom_roles_name').on(t.name),
    check('custom_roles_retired', sql`${t.retiredAt} is null or ${t.inForce} is null`),
  ],
)

/**
 * What a custom role allows, in one of its versions. Written once: each save is the next version, and says
 * which one it was made from. `statements` is canonical JSON (RFC 8785) of the policy's statements.
 */
export const roleVersions = pgTable(
  'role_versions',
  {
    id: id(),
    role: text().notNull(),
    version: integer().notNull(),
    basedOn: integer(),
    title: text().notNull(),
    description: text().notNull(),
    statements: text().notNull(),
    authorId: userId().notNull(),
    /** Sealed: people type what they like into it. */
    reason: bytea().notNull(),
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('role_versions_version').on(t.role, t.version),
    check('role_versions_number', sql`${t.version} > 0`),
  ],
)
