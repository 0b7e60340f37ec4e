import { dayNumberOf } from '../table/calendar.ts'
import { numberOf } from '../table/number.ts'
import type { Level } from './hierarchy.ts'

/** Whether each group of each level is one run of the values in that order. */
const isContiguous = (order: readonly number[], levels: readonly Level[]): boolean =>
  levels.every(({ labels, groups }) => {
    const left = new Uint8Array(labels.length)
    let current = -1
    for (const value of order) {
      const group = groups[value] ?? -1
      if (group === current) continue
      if (left[group] === 1) return false
      if (current >= 0) left[current] = 1
      current = group
    }
    return true
  })

/** The values by number or by day, the empty one first; null where one of them is neither. */
const measuredOrder = (
  domain: readonly string[],
  measure: (text: string) => number | null,
): number[] | null => {
  const keys = domain.map((value) => (value === '' ? Number.NEGATIVE_INFINITY : measure(value)))
  const known = keys.flatMap((key) => (key === null ? [] : [key]))
  if (known.length < keys.length) return null
  return Array.from(domain.keys()).sort((a, b) => {
    const [left = 0, right = 0] = [known[a], known[b]]
    return left === right ? a - b : left - right
  })
}

/**
 * As listed, but with the groups of every level kept together: a group stands where its first value is
 * listed.
 */
const depthFirst = (domain: readonly string[], levels: readonly Level[]): number[] => {
  const firsts = levels.map(({ labels, groups }) => {
    const first = new Int32Array(labels.length).fill(-1)
    for (const [value, group] of groups.entries()) if (first[group] === -1) first[group] = value
    return groups.map((group) => first[group] ?? 0)
  })
  return Array.from(domain.keys()).sort((a, b) => {
    for (let depth = firsts.length - 1; depth >= 0; depth -= 1) {
      const difference = (firsts[depth]?.[a] ?? 0) - (firsts[depth]?.[b] ?? 0)
      if (difference !== 0) return difference
    }
    return a - b
  })
}

/**
 * For each value its rank: by number where all are numbers, by date where all are dates (YYYY-MM-DD), an
 * empty value first; as the hierarchy lists them, groups together, where they are neither or where groups of
 * a level would not be ranges.
 */
export const ranksOf = (domain: readonly string[], levels: readonly Level[]): Int32Array => {
  const measured = measuredOrder(domain, numberOf) ?? measuredOrder(domain, dayNumberOf)
  const order = measured !== null && isContiguous(measured, levels) ? measured : depthFirst(domain, levels)
  const ranks = new Int32Array(domain.length)
  for (const [rank, value] of order.entries()) ranks[value] = rank
  return ranks
}
