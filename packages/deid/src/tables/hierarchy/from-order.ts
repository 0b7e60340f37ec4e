import type { Hierarchy } from './hierarchy.ts'
import { levelOf } from './level.ts'
import { checkLevels } from './validate.ts'

/** The label of the group of all values. */
const ALL = '*'

/**
 * A hierarchy whose values are listed in their order already, with for each further level the label of each
 * value. A top level of one group "*" is put over it where the last has more than one. Throws
 * `bad-hierarchy`.
 */
export const hierarchyInOrder = (
  domain: readonly string[],
  labels: readonly (readonly string[])[],
): Hierarchy => {
  const levels = [levelOf(domain), ...labels.map(levelOf)]
  if ((levels.at(-1)?.labels.length ?? 0) > 1) levels.push(levelOf(domain.map(() => ALL)))
  checkLevels(levels)
  return { domain, levels, ranks: Int32Array.from(domain.keys()) }
}
