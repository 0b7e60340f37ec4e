import { DeidError } from '../../shared/errors.ts'
import type { Apply, TransformContext } from './context.ts'

/**
 * The random id that the export's crosswalk gives the value in this column, derived from nothing (45 CFR
 * 164.514(c)). Throws `bad-crosswalk` without a crosswalk.
 */
export const randomId = ({ ids, column }: TransformContext): Apply => {
  if (ids === null)
    throw new DeidError(
      'bad-crosswalk',
      `The random ids of the column "${column}" need the export's crosswalk.`,
    )
  const type = encodeURIComponent(column)
  return (value) => ids.idFor(type, value)
}
