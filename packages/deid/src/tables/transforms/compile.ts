import { DeidError } from '../../shared/errors.ts'
import type { Transform } from '../format/plan.ts'
import { bin } from './bin.ts'
import { bottomCode } from './bottom-code.ts'
import type { Apply, TransformContext } from './context.ts'
import { dateShift } from './date-shift.ts'
import { fixedLevel } from './fixed-level.ts'
import { perturb } from './perturb.ts'
import { pseudonym } from './pseudonym.ts'
import { randomId } from './random-id.ts'
import { substitute } from './substitute.ts'
import { topCode } from './top-code.ts'
import { yearOf } from './year.ts'
import { zip3 } from './zip3.ts'

/** All but the scrubbing of text, which needs the patient's record. */
export type ValueTransform = Exclude<Transform, { readonly kind: 'scrub' }>

const applyOf = (transform: ValueTransform, context: TransformContext): Apply => {
  const { column } = context
  switch (transform.kind) {
    case 'redact':
      return () => null
    case 'keep':
      return (value) => value
    case 'generalise':
      if (transform.level === undefined)
        throw new DeidError('bad-plan', `The column "${column}" has no fixed level: the search finds it.`)
      return fixedLevel(transform.level, context)
    case 'top-code':
      return topCode(transform.above, column)
    case 'bottom-code':
      return bottomCode(transform.below, column)
    case 'bin':
      return bin(transform.width, transform.origin ?? 0, column)
    case 'perturb':
      return perturb(transform, context)
    case 'pseudonym':
      return pseudonym(context)
    case 'random-id':
      return randomId(context)
    case 'date-shift':
      return dateShift(transform.days, context)
    case 'year':
      return yearOf(context.asOf, column)
    case 'zip3':
      return zip3
    case 'substitute':
      return substitute(transform.values, context)
  }
}

/** A missing value stays missing; a hierarchy alone may put it into a group. */
const MISSING = ''

/**
 * What a transform does to the values of one column. Throws `bad-key` for a keyed one without the export's
 * key, `bad-plan` for what the context cannot do; the function throws `bad-value`, with the column and the
 * rule and never the value.
 */
export const compileTransform = (transform: ValueTransform, context: TransformContext): Apply => {
  const apply = applyOf(transform, context)
  if (transform.kind === 'redact' || transform.kind === 'generalise') return apply
  return (value, patient) => (value === MISSING ? value : apply(value, patient))
}
