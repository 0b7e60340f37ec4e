import type { HierarchySpec } from '../format/plan.ts'
import { hierarchyInOrder } from './from-order.ts'
import type { Hierarchy } from './hierarchy.ts'

/** Marks a label as the start of longer codes, so that the group "E11*" is not taken for the code "E11". */
const MORE = '*'

/**
 * Codes by their first characters, sorted by code. A code no longer than that is itself, unless longer ones
 * begin with it.
 */
export const prefixHierarchy = (
  { lengths }: Extract<HierarchySpec, { kind: 'prefix' }>,
  values: readonly string[],
): Hierarchy => {
  const codes = values.toSorted().map((text) => ({ text, characters: Array.from(text) }))
  const labels = lengths.map((length) => {
    const prefixes = codes.map(({ characters }) => characters.slice(0, length).join(''))
    const continued = new Set(
      codes.flatMap(({ characters }, at) => (characters.length > length ? [prefixes[at]] : [])),
    )
    return prefixes.map((prefix) => (continued.has(prefix) ? `${prefix}${MORE}` : prefix))
  })
  return hierarchyInOrder(
    codes.map(({ text }) => text),
    labels,
  )
}
