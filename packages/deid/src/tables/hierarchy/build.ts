import { DeidError } from '../../shared/errors.ts'
import type { HierarchySpec } from '../format/plan.ts'
import { dateHierarchy } from './date.ts'
import { hierarchyFault } from './fault.ts'
import { hierarchyFromRows } from './from-rows.ts'
import type { Hierarchy } from './hierarchy.ts'
import { intervalHierarchy } from './interval.ts'
import { orderHierarchy } from './order.ts'
import { prefixHierarchy } from './prefix.ts'
import { specFault } from './spec-fault.ts'

/** The rows of a hierarchy's file, read by whoever may read files. */
export type RowsOfFile = (file: string) => readonly (readonly string[])[]

const build = (spec: HierarchySpec, values: readonly string[], rowsOfFile: RowsOfFile): Hierarchy => {
  const fault = specFault(spec)
  if (fault !== null) throw hierarchyFault(`The ${spec.kind} hierarchy cannot be built: ${fault}.`)
  switch (spec.kind) {
    case 'csv':
      return hierarchyFromRows(rowsOfFile(spec.file))
    case 'interval':
      return intervalHierarchy(spec, values)
    case 'date':
      return dateHierarchy(spec, values)
    case 'prefix':
      return prefixHierarchy(spec, values)
    case 'order':
      return orderHierarchy(spec)
  }
}

/**
 * The hierarchy of the column `name` with these distinct values. Those by interval, date and prefix cover
 * just these; a file and an order say themselves what they cover. Throws `bad-hierarchy`, naming the column,
 * for what the specification gets wrong, for a value that is no number or date where one is needed, and for
 * all that `hierarchyFromRows` refuses.
 */
export const buildHierarchy = (
  spec: HierarchySpec,
  values: readonly string[],
  rowsOfFile: RowsOfFile,
  name: string,
): Hierarchy => {
  try {
    return build(spec, values, rowsOfFile)
  } catch (error) {
    if (!(error instanceof DeidError) || error.code !== 'bad-hierarchy') throw error
    throw hierarchyFault(`Hierarchy of "${name}": ${error.message}`)
  }
}
