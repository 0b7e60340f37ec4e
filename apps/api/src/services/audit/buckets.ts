import type { Bucket } from '@chartward/contract'
import { ChartwardError } from '../../core/errors.ts'

const HOUR_MS = 3_600_000
export const BUCKET_MS: Readonly<Record<Bucket, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS }

/** More than a chart can show, and few enough to answer at once. */
const MOST = 2_000

/** Which bucket a moment falls into; hours and days are those of UTC. */
export const bucketOf = (bucket: Bucket, at: Date): number =>
  Math.floor(at.getTime() / BUCKET_MS[bucket]) * BUCKET_MS[bucket]

/**
 * The starts of all buckets that overlap [from, to), in milliseconds, oldest first; the empty ones too,
 * because a chart that leaves out the nights tells a lie. Throws INVALID_INPUT for an empty range and for
 * too long a one.
 */
export const bucketsBetween = (bucket: Bucket, from: Date, to: Date): number[] => {
  const step = BUCKET_MS[bucket]
  const first = bucketOf(bucket, from)
  const count = Math.ceil((to.getTime() - first) / step)
  if (to <= from) throw new ChartwardError('INVALID_INPUT', 'The range ends before it begins.')
  if (count > MOST)
    throw new ChartwardError('INVALID_INPUT', 'The range is too long: ask for days, or for less.')
  return Array.from({ length: count }, (_, i) => first + i * step)
}
