import { hierarchyFault, quoted } from './fault.ts'
import type { Level } from './hierarchy.ts'

const refuseRepeats = ({ labels, groups }: Level): void => {
  const seen = new Set<number>()
  for (const group of groups) {
    if (seen.has(group)) throw hierarchyFault(`The value ${quoted(labels[group] ?? '')} stands twice.`)
    seen.add(group)
  }
}

/** An empty label would read like a missing cell: only the empty value itself may have it. */
const refuseEmptyLabels = (levels: readonly Level[]): void => {
  const domain = levels[0]?.labels ?? []
  for (const [depth, { labels, groups }] of levels.entries())
    for (const [value, group] of groups.entries())
      if (labels[group] === '' && domain[value] !== '')
        throw hierarchyFault(`The value ${quoted(domain[value] ?? '')} has no label at level ${depth}.`)
}

/** What stands directly above each label, a label repeated from one level to the next left out. */
const parentsOf = (levels: readonly Level[]): Map<string, Set<string>> => {
  const parents = new Map<string, Set<string>>()
  for (const [depth, upper] of levels.entries()) {
    const lower = levels[depth - 1]
    if (lower === undefined) continue
    for (const [value, group] of lower.groups.entries()) {
      const child = lower.labels[group] ?? ''
      const parent = upper.labels[upper.groups[value] ?? -1] ?? ''
      if (child === parent) continue
      const known = parents.get(child)
      if (known === undefined) parents.set(child, new Set([parent]))
      else known.add(parent)
    }
  }
  return parents
}

/**
 * A label that is reached again by going up: depth first, without recursion, since a hierarchy may have any
 * number of levels.
 */
const refuseCycles = (levels: readonly Level[]): void => {
  const parents = parentsOf(levels)
  const done = new Set<string>()
  for (const start of parents.keys()) {
    const path: string[] = []
    const onPath = new Set<string>()
    const stack: { readonly label: string; readonly next: Iterator<string> }[] = []
    const enter = (label: string): void => {
      if (onPath.has(label)) {
        const circle = [...path.slice(path.indexOf(label)), label].map(quoted).join(' → ')
        throw hierarchyFault(`The hierarchy goes in a circle: ${circle}.`)
      }
      if (done.has(label)) return
      path.push(label)
      onPath.add(label)
      stack.push({ label, next: (parents.get(label) ?? new Set<string>()).values() })
    }
    enter(start)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const parent = top.next.next()
      if (parent.done !== true) enter(parent.value)
      else {
        done.add(top.label)
        onPath.delete(top.label)
        path.pop()
        stack.pop()
      }
    }
  }
}

/** A level joins whole groups of the one before: two values that were one cell may never become two again. */
const refuseSplits = (levels: readonly Level[]): void => {
  const domain = levels[0]?.labels ?? []
  for (const [depth, upper] of levels.entries()) {
    const lower = levels[depth - 1]
    if (lower === undefined) continue
    const first = new Int32Array(lower.labels.length).fill(-1)
    for (const [value, group] of lower.groups.entries()) {
      const other = first[group] ?? -1
      if (other < 0) first[group] = value
      else if (upper.groups[other] !== upper.groups[value])
        throw hierarchyFault(
          `Level ${depth} splits the group ${quoted(lower.labels[group] ?? '')} of level ${depth - 1}: ` +
            `the values ${quoted(domain[other] ?? '')} and ${quoted(domain[value] ?? '')} are in it together.`,
        )
    }
  }
}

/**
 * A release may mix levels, so a label must cover the same values wherever it stands. Groups of nested levels
 * of one size that share a value are the same.
 */
const refuseAmbiguity = (levels: readonly Level[]): void => {
  const seen = new Map<string, { readonly depth: number; readonly value: number; readonly size: number }>()
  for (const [depth, { labels, groups, sizes }] of levels.entries()) {
    const met = new Set<number>()
    for (const [value, group] of groups.entries()) {
      if (met.has(group)) continue
      met.add(group)
      const label = labels[group] ?? ''
      const size = sizes[group] ?? 0
      const known = seen.get(label)
      if (known === undefined) seen.set(label, { depth, value, size })
      else if (known.size !== size || groups[known.value] !== group)
        throw hierarchyFault(
          `The label ${quoted(label)} stands for other values at level ${depth} than at level ${known.depth}: ` +
            'give each group a label of its own.',
        )
    }
  }
}

/**
 * Refuses (`bad-hierarchy`, naming label or value) levels that are no hierarchy. Level 0 must be the values
 * themselves.
 */
export const checkLevels = (levels: readonly Level[]): void => {
  const [values] = levels
  if (values === undefined || values.labels.length === 0) throw hierarchyFault('The hierarchy has no values.')
  refuseRepeats(values)
  refuseEmptyLabels(levels)
  refuseCycles(levels)
  refuseSplits(levels)
  refuseAmbiguity(levels)
}
