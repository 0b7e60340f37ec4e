import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema/index.ts'
import { socketOf } from './socket.ts'
import { tlsOf } from './tls.ts'

export type Orm = PostgresJsDatabase<typeof schema>

/**
 * A connection pool or one open transaction: whoever is handed one runs in it, and
 * `withTransaction` reuses it.
 */
export interface Connection {
  readonly sql: postgres.ISql
  readonly orm: Orm
  readonly kind: 'pool' | 'transaction'
}

export interface Database extends Connection {
  readonly kind: 'pool'
  readonly sql: postgres.Sql
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** postgres:// URL of a login. */
  readonly url: string
  /** The database role to act as, where the login itself is not that role but a member of it. */
  readonly role?: string
  /** Most connections held open. */
  readonly connections?: number
  /** Shown in pg_stat_activity. */
  readonly name: string
  readonly limits?: Partial<ConnectionLimits>
}

/** How long is waited for the server, in seconds. */
interface ConnectionLimits {
  /** Until a connection is made and let in. */
  readonly connect: number
  /** Until a statement has a connection to be sent on; it rejects then, and is never sent. */
  readonly wait: number
  /**
   * Until the server says anything while a statement is under way: longer than the server lets one run, so
   * that only one which is gone without a word is given up.
   */
  readonly response: number
}

const STATEMENT_MS = 60_000
const LIMITS: ConnectionLimits = { connect: 4, wait: 5, response: 65 }

/** Seconds before the next attempt: a server that is back is found again within a second. */
const backoff = (attempts: number): number =>
  (0.5 + Math.random() / 2) * Math.min(0.05 * 2 ** Math.min(attempts, 10), 1)

/**
 * Opens a pool. Connections are made when first needed; a statement that runs for more than 60 s, or a
 * transaction idle for more than 60 s, is ended by the server. Where the server is away, whatever waits for
 * it rejects within the limits, with an error that `isOutage` knows.
 */
export const openDatabase = ({ url, role, connections = 10, name, limits }: DatabaseOptions): Database => {
  const { connect: connectSeconds, wait, response } = { ...LIMITS, ...limits }
  const sql = postgres(url, {
    max: connections,
    connect_timeout: connectSeconds,
    backoff,
    keep_alive: 10,
    // Notices can quote values; what matters is an error.
    onnotice: () => undefined,
    ...tlsOf(url),
    // What the types of the driver do not know; the two limits are of its patch (patches/).
    ...{ ...socketOf(connectSeconds), wait_timeout: wait, response_timeout: response },
    connection: {
      application_name: name,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: STATEMENT_MS,
      ...(role === undefined ? {} : { role }),
    },
  })
  const orm = drizzle(sql, { schema, casing: 'snake_case' })
  return { sql, orm, kind: 'pool', close: () => sql.end({ timeout: 5 }) }
}
