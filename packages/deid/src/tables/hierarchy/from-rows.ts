import { hierarchyFault, quoted } from './fault.ts'
import type { Hierarchy } from './hierarchy.ts'
import { columnsOf, levelOf } from './level.ts'
import { ranksOf } from './ranks.ts'
import { checkLevels } from './validate.ts'

/**
 * A hierarchy from the rows of a file: in each the value, then its label at level 1, 2 and so on. Throws
 * `bad-hierarchy`, with the value's or label's name: no rows, a value twice, a row longer or shorter than the
 * first, an empty label, labels that go in a circle, a level that splits a group of the one before, one label
 * for different groups.
 */
export const hierarchyFromRows = (rows: readonly (readonly string[])[]): Hierarchy => {
  const width = rows[0]?.length ?? 0
  if (width === 0) throw hierarchyFault('The hierarchy has no values.')
  for (const row of rows)
    if (row.length !== width)
      throw hierarchyFault(
        `The row of the value ${quoted(row[0] ?? '')} has ${row.length} cells and the first row ${width}.`,
      )
  const levels = columnsOf(rows, width).map(levelOf)
  checkLevels(levels)
  const domain = levels[0]?.labels ?? []
  return { domain, levels, ranks: ranksOf(domain, levels) }
}
