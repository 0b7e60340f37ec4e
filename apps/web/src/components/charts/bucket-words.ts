import type { Bucket } from '@chartward/contract'
import { writeDate } from '../../lib/dates.ts'
import { timeZone } from '../../lib/page-meta.ts'

/** When a bucket of counts was. Those of days are the server's, days of UTC, and say so where they differ. */

/** Under the axis: "Nov 24, 14:00", "Nov 24, 2026". */
export const bucketTick = (at: string, bucket: Bucket): string =>
  bucket === 'hour' ? writeDate(Date.parse(at), 'hour') : writeDate(Date.parse(at), 'day', 'UTC')

/** In full: "Nov 24, 2026, 14:00", "Nov 24, 2026", "Nov 24, 2026 (UTC)". */
export const bucketLabel = (at: string, bucket: Bucket, zone = timeZone()): string => {
  if (bucket === 'hour') return writeDate(Date.parse(at), 'minute', zone)
  return `${writeDate(Date.parse(at), 'day', 'UTC')}${zone === 'UTC' ? '' : ' (UTC)'}`
}
