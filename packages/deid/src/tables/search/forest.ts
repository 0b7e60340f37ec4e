import { lossOf } from '../hierarchy/hierarchy.ts'
import type { Problem } from '../problem.ts'
import { sharesOf } from './lattice.ts'
import type { Units } from './units.ts'

/** Above this many nodes in a hierarchy, joins are walked instead of looked up. */
const TABLE_LIMIT = 512

/**
 * The hierarchies as trees, all in one numbering of nodes. A node is a set of values: a group that covers no
 * more than the one below it is the same node. Parents have higher numbers than their children. A node with
 * the loss infinity stands above trees that have no top in common, so that nothing ever joins them.
 */
export interface Forest {
  readonly attributes: number
  /** For unit u and attribute a, at u * attributes + a: the node of its value. */
  readonly leaves: Int32Array
  readonly nodes: number
  readonly parents: Int32Array
  /** What a row loses by this node: its attribute's share of 0 to 1. */
  readonly losses: Float64Array
  readonly levels: Int32Array
  readonly groups: Int32Array
  /**
   * For each attribute, where the join of nodes x and y is in `table`: at start + x * width + y. A width of
   * 0: walk.
   */
  readonly starts: Int32Array
  readonly widths: Int32Array
  readonly table: Int32Array
}

/** The smallest node that covers both. */
export const join = (forest: Forest, attribute: number, x: number, y: number): number => {
  if (x === y) return x
  const width = forest.widths[attribute] ?? 0
  if (width > 0) return forest.table[(forest.starts[attribute] ?? 0) + x * width + y] ?? 0
  let a = x
  let b = y
  while (a !== b)
    if (a < b) a = forest.parents[a] ?? 0
    else b = forest.parents[b] ?? 0
  return a
}

interface Growing {
  readonly parents: number[]
  readonly losses: number[]
  readonly levels: number[]
  readonly groups: number[]
}

const addNode = (into: Growing, level: number, group: number, loss: number): number => {
  into.parents.push(-1)
  into.losses.push(loss)
  into.levels.push(level)
  into.groups.push(group)
  return into.parents.length - 1
}

/**
 * Adds the tree of one attribute, for the values that occur. For each value of the domain it gives its node,
 * or -1.
 */
const addTree = (
  into: Growing,
  attribute: Problem['attributes'][number],
  codes: Int32Array,
  share: number,
) => {
  const { domain, levels } = attribute.hierarchy
  const leaves = new Int32Array(domain.length).fill(-1)
  const present: number[] = []
  for (const code of codes) {
    if (leaves[code] !== -1) continue
    leaves[code] = addNode(into, 0, levels[0]?.groups[code] ?? 0, share * lossOf(1, domain.length))
    present.push(code)
  }
  const at = leaves.slice()
  let sizes = new Int32Array(domain.length).fill(1)
  levels.forEach((level, depth) => {
    if (depth === 0) return
    const nodeOfGroup = new Int32Array(level.labels.length).fill(-1)
    const next = sizes.slice()
    for (const code of present) {
      const group = level.groups[code] ?? 0
      const size = level.sizes[group] ?? 0
      if (size === sizes[code]) continue
      let node = nodeOfGroup[group] ?? -1
      if (node < 0) {
        node = addNode(into, depth, group, share * lossOf(size, domain.length))
        nodeOfGroup[group] = node
      }
      into.parents[at[code] ?? 0] = node
      at[code] = node
      next[code] = size
    }
    sizes = next
  })
  const tops = new Set(present.map((code) => at[code] ?? 0))
  if (tops.size > 1) {
    const above = addNode(into, -1, -1, Number.POSITIVE_INFINITY)
    for (const top of tops) into.parents[top] = above
  }
  return leaves
}

/** The trees of a problem's hierarchies, and the leaf of each unit in each. */
export const growForest = (problem: Problem, units: Units): Forest => {
  const attributes = problem.attributes.length
  const shares = sharesOf(problem)
  const into: Growing = { parents: [], losses: [], levels: [], groups: [] }
  const leaves = new Int32Array(units.count * attributes)
  const firsts: number[] = []
  problem.attributes.forEach((attribute, at) => {
    firsts.push(into.parents.length)
    const codes = units.codes[at] ?? new Int32Array()
    const leafOf = addTree(into, attribute, codes, shares[at] ?? 0)
    for (let unit = 0; unit < units.count; unit++)
      leaves[unit * attributes + at] = leafOf[codes[unit] ?? 0] ?? 0
  })
  const nodes = into.parents.length
  const spans = firsts.map((first, at) => (firsts[at + 1] ?? nodes) - first)
  const widths = Int32Array.from(spans, (span) => (span <= TABLE_LIMIT ? span : 0))
  const offsets: number[] = []
  let size = 0
  for (const width of widths) {
    offsets.push(size)
    size += width * width
  }
  const forest: Forest = {
    attributes,
    leaves,
    nodes,
    parents: Int32Array.from(into.parents),
    losses: Float64Array.from(into.losses),
    levels: Int32Array.from(into.levels),
    groups: Int32Array.from(into.groups),
    // Nodes are numbered over all trees: the first of the tree is taken off in the start.
    starts: Int32Array.from(offsets, (offset, at) => offset - (firsts[at] ?? 0) * ((widths[at] ?? 0) + 1)),
    widths: new Int32Array(attributes),
    table: new Int32Array(size),
  }
  for (let at = 0; at < attributes; at++) {
    const first = firsts[at] ?? 0
    const width = widths[at] ?? 0
    for (let x = first; x < first + width; x++)
      for (let y = first; y < first + width; y++)
        forest.table[(forest.starts[at] ?? 0) + x * width + y] = join(forest, at, x, y)
  }
  return { ...forest, widths }
}
