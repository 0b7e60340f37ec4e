import { databaseFault, isOutage, RowsNotStored } from '@chartward/db'
import { EntriesNotStored } from '../../audit/require-stored.ts'
import { ChartwardError } from '../../core/errors.ts'

/**
 * Classes of SQLSTATE that are about the values of a statement: cardinality, data, integrity, limits of a
 * row or an index. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const ABOUT_VALUES = ['21', '22', '23', '54'] as const

/**
 * Whether an error says that the rest can't be stored either: the database is away, refuses, does not keep
 * what it is given, or has no space. Any other is that of the one resource, whatever threw it.
 */
export const endsRun = (error: unknown): boolean => {
  if (error instanceof ChartwardError) return error.code === 'UNAVAILABLE' || error.code === 'NO_SPACE'
  if (error instanceof RowsNotStored || error instanceof EntriesNotStored || isOutage(error)) return true
  const fault = databaseFault(error)
  return fault !== null && !ABOUT_VALUES.some((start) => fault.sqlState.startsWith(start))
}
