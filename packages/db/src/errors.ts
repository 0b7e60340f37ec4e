import postgres from 'postgres'

/**
 * What may be said of a failed statement: nothing that a row, a parameter or the statement's text could be
 * in.
 */
export interface DatabaseFault {
  readonly sqlState: string
  readonly constraint: string | null
  readonly table: string | null
}

/**
 * The allow-listed facts of a PostgreSQL error, also where drizzle has wrapped it, or null for
 * any other error.
 */
export const databaseFault = (error: unknown): DatabaseFault | null => {
  if (error instanceof postgres.PostgresError) {
    return {
      sqlState: error.code,
      constraint: error.constraint_name ?? null,
      table: error.table_name ?? null,
    }
  }
  return error instanceof Error && error.cause !== undefined ? databaseFault(error.cause) : null
}

export const isUniqueViolation = (error: unknown, constraint?: string): boolean => {
  const fault = databaseFault(error)
  return fault?.sqlState === '23505' && (constraint === undefined || fault.constraint === constraint)
}

/**
 * Whether the database has refused to write for a patient whose keys were destroyed: a state of our own,
 * raised by the triggers of such tables.
 */
export const isForShredded = (error: unknown): boolean => databaseFault(error)?.sqlState === 'CW410'

/** The driver's own codes where there is no connection, or none in time. */
export const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECTION_WAIT_TIMEOUT',
  'RESPONSE_TIMEOUT',
])

/** The operating system's, where a server can't be reached or has gone. */
const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/**
 * PostgreSQL's (documentation, appendix "PostgreSQL Error Codes"), where the same statement may do in a
 * moment. Class 08 is also what PgBouncer says of itself, 53 a lack of space, memory or connections.
 */
const OUTAGE_CLASSES = ['08', '53'] as const
const OUTAGE_STATES: ReadonlySet<string> = new Set([
  // The server is a standby now: a failover has left us with the wrong one.
  '25006',
  // A transaction, or a statement of one, took longer than it may.
  '25P03',
  '25P04',
  '57014',
  // Ended by an administrator, by a crash of another backend, while starting, or for having been idle.
  '57P01',
  '57P02',
  '57P03',
  '57P05',
])

/**
 * Whether an error says that the database is away, overloaded or not the one that takes changes: nothing that
 * the caller could mend, and worth another try. What was being committed at that moment may be committed.
 */
export const isOutage = (error: unknown): boolean => {
  const fault = databaseFault(error)
  if (fault !== null) {
    const { sqlState } = fault
    return OUTAGE_STATES.has(sqlState) || OUTAGE_CLASSES.some((start) => sqlState.startsWith(start))
  }
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string') {
    if (CONNECTION_CODES.has(error.code) || SYSTEM_CODES.has(error.code)) return true
  }
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true
  return error.cause !== undefined && isOutage(error.cause)
}
