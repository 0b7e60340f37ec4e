import { DeidError } from '../../shared/errors.ts'
import { type Apply, badValue, type TransformContext } from './context.ts'

/**
 * The label of the value's group at one level of the column's hierarchy. Throws `bad-plan` without the
 * hierarchy or the level, `bad-value` for a value that the hierarchy lacks.
 */
export const fixedLevel = (level: number, { hierarchy, column }: TransformContext): Apply => {
  const found = hierarchy?.levels[level]
  if (hierarchy === null || found === undefined)
    throw new DeidError('bad-plan', `The hierarchy of the column "${column}" has no level ${level}.`)
  const labels = new Map(
    hierarchy.domain.map((value, at) => [value, found.labels[found.groups[at] ?? -1] ?? ''] as const),
  )
  return (value) => {
    const label = labels.get(value)
    if (label === undefined) throw badValue(column, 'one that its hierarchy holds')
    return label
  }
}
