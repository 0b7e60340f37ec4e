import type { ExtractTablesWithRelations } from 'drizzle-orm'
import { createTableRelationsHelpers, extractTablesRelationalConfig } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session'
import type postgres from 'postgres'
import type { Connection, Database } from './database.ts'
import * as schema from './schema/index.ts'

type Schema = typeof schema

const dialect = new PgDialect({ casing: 'snake_case' })
const relational = extractTablesRelationalConfig<ExtractTablesWithRelations<Schema>>(
  schema,
  createTableRelationsHelpers,
)
const relations = { fullSchema: schema, schema: relational.tables, tableNamesMap: relational.tableNamesMap }

export interface Transaction extends Connection {
  readonly kind: 'transaction'
  readonly sql: postgres.TransactionSql
}

/** The patient rows that a transaction may touch, for row-level security: the second line behind the Scope. */
export type RowAccess = 'none' | 'all' | readonly string[]

/** The setting that the row-level security policies read. Ids are checked to be ids: they are joined by commas. */
export const rowSetting = (rows: RowAccess): string => {
  if (rows === 'all') return '*'
  if (rows === 'none') return ''
  for (const id of rows) if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError('row access takes UUIDs')
  return rows.join(',')
}

/**
 * Runs `work` in a transaction that sees the patient rows named by `rows` and no others. Given a transaction, it runs in
 * that one (and gives back the outer row access afterwards); given a pool, it opens one, commits when `work`
 * resolves and rolls back when it rejects. The setting is local to the transaction, so PgBouncer's transaction mode works.
 */
export const withTransaction = async <T>(
  connection: Database | Transaction,
  rows: RowAccess,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  if (connection.kind === 'transaction') {
    const [outer] = await connection.sql<{ rows: string }[]>`
      select coalesce(current_setting('chartward.rows', true), '') as rows`
    await connection.sql`select set_config('chartward.rows', ${rowSetting(rows)}, true)`
    const result = await work(connection)
    await connection.sql`select set_config('chartward.rows', ${outer?.rows ?? ''}, true)`
    return result
  }
  const result = await connection.sql.begin(async (sql) => {
    await sql`select set_config('chartward.rows', ${rowSetting(rows)}, true)`
    // drizzle's session calls only what a transaction has too; its type asks for the whole pool.
    const session = new PostgresJsSession(sql as typeof sql & postgres.Sql, dialect, relations, {})
    const orm = new PostgresJsDatabase(dialect, session, relations)
    return { value: await work({ sql, orm, kind: 'transaction' }) }
  })
  return result.value
}
