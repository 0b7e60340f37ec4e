import type { Level } from './hierarchy.ts'

/**
 * A partition by label: values with the same label are one group; groups in the order in which they come
 * first.
 */
export const levelOf = (labelOfValue: readonly string[]): Level => {
  const labels: string[] = []
  const index = new Map<string, number>()
  const groups = Int32Array.from(labelOfValue, (label) => {
    const known = index.get(label)
    if (known !== undefined) return known
    index.set(label, labels.length)
    return labels.push(label) - 1
  })
  const sizes = new Int32Array(labels.length)
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1
  return { labels, groups, sizes }
}

/** Level by level the label of each value, turned from value by value: `paths[value][level]`. */
export const columnsOf = (paths: readonly (readonly string[])[], levels: number): string[][] =>
  Array.from({ length: levels }, (_, level) => paths.map((path) => path[level] ?? ''))
