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
