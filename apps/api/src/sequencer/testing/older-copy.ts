import type { Database } from '@chartward/db'

/** The tables that a backup of the log has in it. */
const TABLES = [
  'audit_entries',
  'audit_leaves',
  'audit_nodes',
  'audit_head',
  'audit_pending_0',
  'audit_pending_1',
  'audit_pending_2',
] as const

/**
 * Copies the log's tables; what is given back puts them as they were, as a restored backup or a superuser
 * does, triggers set aside.
 */
export const copyOfLog = async (owner: Database): Promise<() => Promise<void>> => {
  // Beside the schema of ours, which is compared with what the migrations make.
  await owner.sql`create schema older`
  for (const table of TABLES)
    await owner.sql`create table ${owner.sql(`older.${table}`)} as select * from ${owner.sql(table)}`
  return async () => {
    await owner.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      for (const table of TABLES) {
        await sql`delete from ${sql(table)}`
        await sql`insert into ${sql(table)} select * from ${sql(`older.${table}`)}`
      }
    })
  }
}
