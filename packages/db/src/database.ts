import { once } from 'node:events'
import { connect } from 'node:net'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema/index.ts'
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
}

/**
 * A connection that sends small messages at once. With Nagle's algorithm the end of each COPY waits some
 * 40 ms for the server's delayed acknowledgement. `host` is what the driver compares the server's
 * certificate with.
 */
const openSocket = async ({ host, port }: { host: string[]; port: number[] }) => {
  const [name = 'localhost'] = host
  const socket = connect({ host: name, port: port[0] ?? 5432, noDelay: true })
  await once(socket, 'connect')
  return Object.assign(socket, { host: name })
}

/**
 * Opens a pool. Connections are made when first needed; a statement that runs for more than 60 s, or a
 * transaction idle for more than 60 s, is ended by the server.
 */
export const openDatabase = ({ url, role, connections = 10, name }: DatabaseOptions): Database => {
  const sql = postgres(url, {
    max: connections,
    connect_timeout: 10,
    // Notices can quote values; what matters is an error.
    onnotice: () => undefined,
    ...tlsOf(url),
    ...{ socket: openSocket },
    connection: {
      application_name: name,
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      ...(role === undefined ? {} : { role }),
    },
  })
  const orm = drizzle(sql, { schema, casing: 'snake_case' })
  return { sql, orm, kind: 'pool', close: () => sql.end({ timeout: 5 }) }
}
