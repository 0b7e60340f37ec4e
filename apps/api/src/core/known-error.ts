import { isForShredded, isOutage } from '@chartward/db'
import { ChartwardError } from './errors.ts'

/** Seconds after which whoever was told UNAVAILABLE may ask again: the header Retry-After (RFC 9110). */
export const RETRY_AFTER = '5'

/**
 * Whatever was thrown, as one of ours: what is ours stays as it is, a database that is away or overloaded is
 * UNAVAILABLE, what it writes of nobody any more is DESTROYED, and everything else is INTERNAL and says
 * nothing.
 */
export const knownError = (error: unknown): ChartwardError => {
  if (error instanceof ChartwardError) return error
  if (isForShredded(error)) return new ChartwardError('DESTROYED', undefined, { cause: error })
  return new ChartwardError(isOutage(error) ? 'UNAVAILABLE' : 'INTERNAL', undefined, { cause: error })
}
