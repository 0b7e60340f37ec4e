import type { Bucket } from '@chartward/contract'

/** When a bucket of counts was, in the reader's own time zone. */

const byHour = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const byDay = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', year: 'numeric' })
const byBoth = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'short',
  hourCycle: 'h23',
})

/** Under the axis: "Nov 24, 14:00", "Nov 24, 2026". */
export const bucketTick = (at: string, bucket: Bucket): string =>
  (bucket === 'hour' ? byHour : byDay).format(Date.parse(at))

/** In full: "Nov 24, 2026, 14:00", "Nov 24, 2026". */
export const bucketLabel = (at: string, bucket: Bucket): string =>
  (bucket === 'hour' ? byBoth : byDay).format(Date.parse(at))
