import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Connection } from './database.ts'
import { socketOf } from './socket.ts'
import { tlsOf } from './tls.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number that no other program of this database uses: only one process migrates at a time. */
const MIGRATION_LOCK = 4_380_001
const CONNECT_SECONDS = 30

/**
 * Nothing has been released yet, and data of before the first release is not carried over. Taken out, with
 * what asks for it, at the first release: from then on a database of an earlier version is brought forward.
 */
const EARLIER_VERSIONS_ARE_REFUSED = true

/** A database that this version does not migrate, and has changed nothing in. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'

  constructor() {
    super(
      'This database was made by another version of Chartward. Nothing was changed in it: start this version with a new, empty database.',
    )
  }
}

/**
 * Brings the database at `url` (a login that owns it) to this version's schema: an empty one is filled, one
 * of this version left alone. Rejects with MigrationRefused for one of an earlier version, and for one that
 * other migrations than ours have made. Two processes that migrate at once do so one after the other.
 */
export const migrate = async (url: string): Promise<void> => {
  const sql = postgres(url, {
    ...tlsOf(url),
    ...socketOf(CONNECT_SECONDS),
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'chartward-migrate' },
  })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    requireMigratable(await appliedMigrations(sql))
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS })
    await sql`select audit_make_partitions(12)`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/**
 * Makes the months of the audit log from that of `first` on, where they are not there: a log of before its
 * database was made has need of them. `url` is a login that owns the database; `migrate` has been there.
 */
export const makeEarlierMonths = async (url: string, first: Date): Promise<void> => {
  const sql = postgres(url, {
    ...tlsOf(url),
    ...socketOf(CONNECT_SECONDS),
    max: 1,
    onnotice: () => undefined,
  })
  try {
    await sql`select audit_make_earlier_partitions(${first.toISOString()})`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The hashes of the migrations that have been applied, in their order. */
const appliedMigrations = async (sql: postgres.ISql): Promise<string[]> => {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (table?.name === null) return []
  const rows = await sql<
    { hash: string }[]
  >`select hash from drizzle.__drizzle_migrations order by created_at`
  return rows.map(({ hash }) => hash)
}

const requireMigratable = (applied: readonly string[]): void => {
  const ours = readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash)
  const isOfThisLine = applied.every((hash, i) => hash === ours[i])
  const isEarlier = applied.length > 0 && applied.length < ours.length
  if (!isOfThisLine || (isEarlier && EARLIER_VERSIONS_ARE_REFUSED)) throw new MigrationRefused()
}

/** Which schema a database has: how many migrations have made it, and a hash over theirs. */
export interface SchemaVersion {
  readonly migrations: number
  readonly hash: string
}

const versionOf = (hashes: readonly string[]): SchemaVersion => ({
  migrations: hashes.length,
  hash: createHash('sha256').update(hashes.join('\n')).digest('hex'),
})

/** The schema of this version of Chartward. */
export const schemaVersion = (): SchemaVersion =>
  versionOf(readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash))

/** The schema that a database has; for a login that may read the migrations. */
export const appliedSchema = async ({ sql }: Pick<Connection, 'sql'>): Promise<SchemaVersion> =>
  versionOf(await appliedMigrations(sql))
