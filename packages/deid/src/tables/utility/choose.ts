import type { Comparison, Metric } from './compare.ts'

/** What decides between two that the metric can't tell apart: less loss, fewer rows suppressed. */
const order = (metric: Metric, { metrics, suppressedRows }: Comparison): readonly number[] => [
  metrics[metric],
  metrics.loss,
  suppressedRows,
]

const precedes = (one: readonly number[], other: readonly number[]): boolean => {
  const at = one.findIndex((value, index) => value !== other[index])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}

/**
 * The index of the best alternative by `metric`; ties go to the one with less loss, then fewer rows
 * suppressed, then to the first. -1 where there is none. A release of nothing is no alternative where another
 * releases something, however little it loses of nothing.
 */
export const bestOf = (comparisons: readonly Comparison[], metric: Metric): number => {
  const isEmpty = ({ risks }: Comparison) => (risks.classes === 0 ? 1 : 0)
  const keys = comparisons.map((comparison) => [isEmpty(comparison), ...order(metric, comparison)])
  return keys.reduce((best, key, index) => {
    const leader = keys[best]
    return leader === undefined || precedes(key, leader) ? index : best
  }, -1)
}
