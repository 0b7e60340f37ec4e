import type { Histogram } from './classes.ts'

/*
 * The distances of Li, Li, Venkatasubramanian: t-Closeness: Privacy Beyond k-Anonymity and l-Diversity, ICDE
 * 2007, section 5. With n of the class's S and N of the source's T, p - q = (n T - N S) / (S T): numerators
 * stay whole numbers, and with one division at the end a distance that is exactly t compares as such. None
 * allocates; scratch arrays are made once and left as they were found.
 */

/**
 * The distribution of a sensitive attribute in the source table: distinct patients with each value, and their
 * sum.
 */
export interface Reference {
  readonly patients: Int32Array
  readonly total: number
}

/** From 0 (as in the source) to 1. A class of no patients is at distance 0. */
export type Distance = (histogram: Histogram, at: number) => number

const sumOf = ({ starts, patients }: Histogram, at: number): number => {
  const end = starts[at + 1] ?? 0
  let sum = 0
  for (let entry = starts[at] ?? 0; entry < end; entry++) sum += patients[entry] ?? 0
  return sum
}

/**
 * Equal ground distance: half of sum |p - q|. What exceeds q is as much as what falls short of it, and only
 * values that the class holds can exceed: the rest need not be looked at.
 */
export const equalDistance =
  ({ patients: source, total }: Reference): Distance =>
  (histogram, at) => {
    const sum = sumOf(histogram, at)
    const end = histogram.starts[at + 1] ?? 0
    let excess = 0
    for (let entry = histogram.starts[at] ?? 0; entry < end; entry++) {
      const count = histogram.patients[entry] ?? 0
      const difference = count * total - (source[histogram.values[entry] ?? 0] ?? 0) * sum
      if (difference > 0) excess += difference
    }
    return sum === 0 ? 0 : excess / (sum * total)
  }

/**
 * Ordered ground distance |i - j| / (m - 1): the sum over the order of |cumulative p - cumulative q|, over m
 * - 1. `ranks` are whole numbers from 0 to m - 1 with none left out.
 */
export const orderedDistance = ({ patients: source, total }: Reference, ranks: Int32Array): Distance => {
  let size = 0
  for (const rank of ranks) if (rank >= size) size = rank + 1
  const byRank = new Float64Array(size)
  for (let value = 0; value < ranks.length; value++) {
    const rank = ranks[value] ?? 0
    byRank[rank] = (byRank[rank] ?? 0) + (source[value] ?? 0)
  }
  const counts = new Float64Array(size)
  return ({ starts, values, patients }, at) => {
    const end = starts[at + 1] ?? 0
    let sum = 0
    for (let entry = starts[at] ?? 0; entry < end; entry++) {
      const rank = ranks[values[entry] ?? 0] ?? 0
      const count = patients[entry] ?? 0
      counts[rank] = (counts[rank] ?? 0) + count
      sum += count
    }
    let cumulative = 0
    let work = 0
    for (let rank = 0; rank < size; rank++) {
      cumulative += (counts[rank] ?? 0) * total - (byRank[rank] ?? 0) * sum
      work += Math.abs(cumulative)
      counts[rank] = 0
    }
    return sum === 0 || size < 2 ? 0 : work / (sum * total * (size - 1))
  }
}

/**
 * Hierarchical ground distance: the height of the lowest common ancestor over that of the tree. What each
 * node has to pass on to its siblings (cost(N) = height(N) / H * min(pos_extra, neg_extra), section 5.2) is,
 * summed by level and not by node, the mean over the levels below the root of the equal distance between the
 * distributions over that level's groups. `levels` run from the values to below the root: H of them.
 */
export const hierarchicalDistance = (
  { patients: source, total }: Reference,
  levels: readonly Int32Array[],
): Distance => {
  const trees = levels.map((groups) => {
    const size = groups.reduce((most, group) => Math.max(most, group + 1), 0)
    const bySource = new Float64Array(size)
    groups.forEach((group, value) => {
      bySource[group] = (bySource[group] ?? 0) + (source[value] ?? 0)
    })
    return { groups, bySource, counts: new Float64Array(size) }
  })
  return (histogram, at) => {
    const sum = sumOf(histogram, at)
    const start = histogram.starts[at] ?? 0
    const end = histogram.starts[at + 1] ?? 0
    let excess = 0
    for (let level = 0; level < trees.length; level++) {
      const tree = trees[level]
      if (tree === undefined) continue
      const { groups, bySource, counts } = tree
      for (let entry = start; entry < end; entry++) {
        const group = groups[histogram.values[entry] ?? 0] ?? 0
        counts[group] = (counts[group] ?? 0) + (histogram.patients[entry] ?? 0)
      }
      // A group that was looked at has its count taken away: met again, it falls short, and adds nothing.
      for (let entry = start; entry < end; entry++) {
        const group = groups[histogram.values[entry] ?? 0] ?? 0
        const difference = (counts[group] ?? 0) * total - (bySource[group] ?? 0) * sum
        if (difference > 0) excess += difference
        counts[group] = 0
      }
    }
    return sum === 0 || trees.length === 0 ? 0 : excess / (sum * total * trees.length)
  }
}
