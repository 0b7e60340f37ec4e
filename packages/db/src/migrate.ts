import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number that no other program of this database uses: only one process migrates at a time. */
const MIGRATION_LOCK = 4_380_001

/**
 * Brings the database at `url` (a login that owns it) to this version's schema. Each migration runs once;
 * those that were applied are left alone. Two processes that migrate at once do so one after the other.
 */
export const migrate = async (url: string): Promise<void> => {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'chartward-migrate' },
  })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS })
    await sql`select audit_make_partitions(12)`
  } finally {
    await sql.end({ timeout: 5 })
  }
}
