import { DeidError } from '../../shared/errors.ts'
import type { Apply, TransformContext } from './context.ts'
import { drawBelow, exportKey } from './export-key.ts'

/**
 * A value drawn from the list (one that stands there more often is likelier), never the true one; for one
 * patient and value always the same. Throws `bad-plan` where the list has no two values: some true value
 * could then not be replaced.
 */
export const substitute = (values: readonly string[], context: TransformContext): Apply => {
  if (new Set(values).size < 2)
    throw new DeidError('bad-plan', `The column "${context.column}" needs two values or more to substitute.`)
  const key = exportKey('substitute', context, context.column)
  return (value, patient) => {
    for (let attempt = 0; ; attempt += 1) {
      const drawn = values[drawBelow(key, values.length, [attempt, patient, value])]
      if (drawn !== undefined && drawn !== value) return drawn
    }
  }
}
