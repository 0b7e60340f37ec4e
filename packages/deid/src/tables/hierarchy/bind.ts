import { DeidError } from '../../shared/errors.ts'
import type { Column } from '../table/table.ts'
import { hierarchyFault, quoted } from './fault.ts'
import type { Attribute, Hierarchy } from './hierarchy.ts'

/**
 * A column as a quasi-identifier. Throws `bad-hierarchy` with the value for one that the hierarchy lacks, and
 * `bad-plan` for a column with one value alone (nothing can be told by it, and nothing lost) or a weight that
 * is not above 0.
 */
export const bindAttribute = (
  name: string,
  hierarchy: Hierarchy,
  column: Column,
  weight: number,
): Attribute => {
  if (!Number.isFinite(weight) || weight <= 0)
    throw new DeidError('bad-plan', `The weight of "${name}" must be a number above 0.`)
  if (column.values.length < 2)
    throw new DeidError(
      'bad-plan',
      `The column "${name}" has one value in all rows: it cannot be a quasi-identifier. Redact it, or make it insensitive.`,
    )
  const index = new Map(hierarchy.domain.map((value, at) => [value, at] as const))
  const domainOf = Int32Array.from(column.values, (value) => {
    const at = index.get(value)
    if (at === undefined) throw hierarchyFault(`The hierarchy of "${name}" lacks the value ${quoted(value)}.`)
    return at
  })
  return { name, hierarchy, weight, codes: column.codes.map((code) => domainOf[code] ?? 0) }
}
