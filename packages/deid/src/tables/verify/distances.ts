/*
 * The three distances of Li, Li, Venkatasubramanian: t-Closeness, ICDE 2007, section 5, as the paper writes
 * them: between a class's distribution p and the table's q, both over the same values in the same order. Each
 * adds up to 1.
 */

type Shares = readonly number[]

/** 5.1, equal ground distance: (1/2) sum |p_i - q_i|. */
export const equalDistance = (p: Shares, q: Shares): number =>
  p.reduce((sum, share, at) => sum + Math.abs(share - (q[at] ?? 0)), 0) / 2

/**
 * 5.1, ordered: (|r_1| + |r_1 + r_2| + … ) / (m - 1), with the values in order of rank; values of one rank
 * are one step.
 */
export const orderedDistance = (p: Shares, q: Shares, ranks: readonly number[]): number => {
  const steps = [...new Set(ranks)].sort((a, b) => a - b)
  if (steps.length < 2) return 0
  const atRank = new Map(steps.map((rank) => [rank, 0]))
  ranks.forEach((rank, at) => {
    atRank.set(rank, (atRank.get(rank) ?? 0) + (p[at] ?? 0) - (q[at] ?? 0))
  })
  let carried = 0
  let work = 0
  for (const rank of steps) {
    carried += atRank.get(rank) ?? 0
    work += Math.abs(carried)
  }
  return work / (steps.length - 1)
}

/**
 * 5.2, hierarchical: the sum over inner nodes N of cost(N) = height(N) / H * min(pos_extra(N), neg_extra(N)),
 * where extra(leaf) = p - q, extra(N) is the sum over N's children, and pos_extra and neg_extra are the
 * children's extras above and below 0. `groups` run from the leaves (each value by itself) up; a root is put
 * over a top of several groups.
 */
export const hierarchicalDistance = (
  p: Shares,
  q: Shares,
  groups: readonly (readonly number[])[],
): number => {
  const top = groups.at(-1) ?? []
  const levels = new Set(top).size > 1 ? [...groups, top.map(() => 0)] : groups
  const height = levels.length - 1
  if (height < 1) return 0
  let extras = new Map<number, number>()
  levels[0]?.forEach((leaf, at) => {
    extras.set(leaf, (p[at] ?? 0) - (q[at] ?? 0))
  })
  let work = 0
  for (let level = 1; level <= height; level++) {
    const parentOf = new Map<number, number>()
    levels[level - 1]?.forEach((child, at) => {
      parentOf.set(child, levels[level]?.[at] ?? 0)
    })
    const above = new Map<number, { extra: number; positive: number; negative: number }>()
    for (const [child, extra] of extras) {
      const parent = parentOf.get(child) ?? 0
      const node = above.get(parent) ?? { extra: 0, positive: 0, negative: 0 }
      node.extra += extra
      if (extra > 0) node.positive += extra
      else node.negative -= extra
      above.set(parent, node)
    }
    for (const { positive, negative } of above.values())
      work += (level / height) * Math.min(positive, negative)
    extras = new Map([...above].map(([node, { extra }]) => [node, extra]))
  }
  return work
}
