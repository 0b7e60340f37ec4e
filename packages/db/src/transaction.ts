import type { ExtractTablesWithRelations } from 'drizzle-orm'
import { createTableRelationsHelpers, extractTablesRelationalConfig } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session'
import postgres from 'postgres'
import type { Connection, Database, Orm } from './database.ts'
import * as schema from './schema/index.ts'
import type { Id } from './schema/types.ts'

type Schema = typeof schema

const dialect = new PgDialect({ casing: 'snake_case' })
const relational = extractTablesRelationalConfig<ExtractTablesWithRelations<Schema>>(
  schema,
  createTableRelationsHelpers,
)
const relations = { fullSchema: schema, schema: relational.tables, tableNamesMap: relational.tableNamesMap }

/**
 * What became of a transaction. `doubtful`: the connection was lost while it committed, so that only the
 * database can tell.
 */
export type TransactionOutcome = 'committed' | 'rolled-back' | 'doubtful'

export interface Transaction extends Connection {
  readonly kind: 'transaction'
  readonly sql: postgres.TransactionSql
  /**
   * Has `listener`, which must not throw, told once what became of the transaction, before whoever opened it
   * learns of it; at once where it has ended already.
   */
  settled(listener: (outcome: TransactionOutcome) => void): void
  /** Has `check` looked at before the transaction commits; where it throws, the transaction is undone. */
  beforeCommit(check: () => void): void
}

/**
 * The patient rows that a transaction may touch, for row-level security: the second line behind the Scope.
 */
export type RowAccess = 'none' | 'all' | readonly Id<'patient'>[]

/**
 * The setting that the row-level security policies read. Ids are checked to be ids: they are
 * joined by commas.
 */
export const rowSetting = (rows: RowAccess): string => {
  if (rows === 'all') return '*'
  if (rows === 'none') return ''
  for (const id of rows) if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError('row access takes UUIDs')
  return rows.join(',')
}

/**
 * Runs `work` in a transaction that sees the patient rows named by `rows` and no others. Given a transaction,
 * it runs in that one (and gives back the outer row access afterwards); given a pool, it opens one, commits
 * when `work` resolves and rolls back when it rejects. The setting is local to the transaction, so
 * PgBouncer's transaction mode works.
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
  const setting = rowSetting(rows)
  const settlement = new Settlement()
  const checks: (() => void)[] = []
  let committing = false
  try {
    const result = await connection.sql.begin(async (sql) => {
      // Sent, and not waited for: the connection keeps the order, so that what `work` sends comes after it.
      const scoped = sql`select set_config('chartward.rows', ${setting}, true)`.execute()
      const [value] = await Promise.all([work(transactionOf(sql, settlement, checks)), scoped])
      for (const check of checks) check()
      committing = true
      return { value }
    })
    settlement.settle('committed')
    return result.value
  } catch (error) {
    settlement.settle(committing && !isRefusal(error) ? 'doubtful' : 'rolled-back')
    throw error
  }
}

/** Whether the server has answered COMMIT with an error after which it goes on: nothing was committed. */
const isRefusal = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && error.severity === 'ERROR'

/** Who is to be told what became of a transaction. */
class Settlement {
  readonly #listeners: ((outcome: TransactionOutcome) => void)[] = []
  #outcome: TransactionOutcome | null = null

  add(listener: (outcome: TransactionOutcome) => void): void {
    if (this.#outcome === null) this.#listeners.push(listener)
    else listener(this.#outcome)
  }

  settle(outcome: TransactionOutcome): void {
    this.#outcome = outcome
    for (const listener of this.#listeners.splice(0)) listener(outcome)
  }
}

/**
 * Runs `work` in a transaction that reads the patient rows named by `rows` as they are at one moment,
 * whatever others write meanwhile, and changes nothing. It keeps the database from clearing away what is
 * deleted in that time.
 */
export const withSnapshot = async <T>(
  { sql }: Database,
  rows: RowAccess,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  const setting = rowSetting(rows)
  const settlement = new Settlement()
  try {
    const result = await sql.begin('isolation level repeatable read read only', async (inner) => {
      await inner`select set_config('chartward.rows', ${setting}, true)`
      return { value: await work(transactionOf(inner, settlement, [])) }
    })
    settlement.settle('committed')
    return result.value
  } catch (error) {
    settlement.settle('rolled-back')
    throw error
  }
}

/** The query builder is made when first asked for: most transactions never do. */
const transactionOf = (
  sql: postgres.TransactionSql,
  settlement: Settlement,
  checks: (() => void)[],
): Transaction => {
  let orm: Orm | undefined
  return {
    sql,
    kind: 'transaction',
    settled: (listener) => settlement.add(listener),
    beforeCommit: (check) => void checks.push(check),
    get orm() {
      // drizzle's session calls only what a transaction has too; its type asks for the whole pool.
      orm ??= new PostgresJsDatabase(
        dialect,
        new PostgresJsSession(sql as typeof sql & postgres.Sql, dialect, relations, {}),
        relations,
      )
      return orm
    },
  }
}

/**
 * One SELECT that sees the patient rows named by `rows` and no others, in one round trip and a transaction of
 * its own. `select` is the code's own text, never input, with parameters $1 and up; rows come in the order of
 * `orderBy`, an output column.
 *
 * The setting is made by the statement itself: the SELECT stands in a LATERAL subquery that refers to the one
 * row that set_config gives, so it can't begin before it, whatever the planner chooses (OFFSET 0 keeps the
 * two apart). Were it to, it would see nothing: without the setting no row is in scope. It ends with the
 * statement's transaction.
 */
export const selectInScope = async <Row extends object>(
  { sql }: Database,
  rows: RowAccess,
  select: string,
  parameters: readonly (string | number | string[] | null)[],
  orderBy: string | null = null,
): Promise<Row[]> => {
  const text = `select found.*
    from (select set_config('chartward.rows', $${parameters.length + 1}, true) as rows offset 0) as scope
    cross join lateral (select * from (${select}) as wanted where scope.rows is not null offset 0) as found
    ${orderBy === null ? '' : `order by found.${orderBy}`}`
  return sql.unsafe<Row[]>(text, [...parameters, rowSetting(rows)], { prepare: true })
}
