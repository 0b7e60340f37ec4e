import { IDENTIFIER_CATEGORIES } from '@chartward/policy'
import type { Plan } from '../format/plan.ts'
import { columnReason, isText, type ReleasedPlan, releasedColumns } from './claim.ts'

const RULE = '(b)(2)(i)'

const DATES = `${RULE}(C)`

/** Null where the transform leaves nothing finer than a year, and no year that tells an age over 89. */
const dateReason = ({ content, transform }: ReleasedPlan): string | null => {
  switch (transform.kind) {
    case 'year':
    case 'random-id':
      return null
    case 'date-shift':
      return 'a shifted date is an element of a date finer than a year and derived from the true one; show the year'
    case 'perturb':
      return 'a year with noise is derived from the true one and may tell an age over 89; use "year"'
    case 'generalise':
      return 'a generalised date may be finer than a year, and its years may tell an age over 89; use "year"'
    default:
      return content === 'date'
        ? 'all elements of dates but the year must go; use "year"'
        : 'years that tell an age over 89 must be one group; use "year"'
  }
}

/** The age from which on all must be one group. */
const GROUPED = 90

const ageReason = ({ transform, hierarchy }: ReleasedPlan): string | null => {
  switch (transform.kind) {
    case 'random-id':
      return null
    case 'top-code':
      return transform.above < GROUPED ? null : 'ages over 89 must be one group; top-code above 89'
    case 'generalise':
      return hierarchy?.kind === 'interval' &&
        hierarchy.top !== undefined &&
        hierarchy.top <= GROUPED &&
        (transform.level ?? 0) > 0
        ? null
        : 'it is not certain that ages over 89 become one group; top-code above 89, or fix a level of intervals with a top of 90 or less'
    case 'perturb':
      return 'an age with noise is not a group, and may be that of a person over 89; top-code above 89'
    default:
      return 'ages over 89 must be one group; top-code above 89'
  }
}

const placeReason = ({ content, transform }: ReleasedPlan): string | null => {
  if (content === 'state' || transform.kind === 'random-id') return null
  if (content !== 'zip') return 'geographic subdivisions smaller than a state must go; redact it'
  return transform.kind === 'zip3'
    ? null
    : 'a ZIP Code must become its first three digits, and 000 where 20,000 people or fewer live; use "zip3"'
}

const derivedReason = ({ name, transform }: ReleasedPlan): string | null => {
  if (transform.kind === 'pseudonym')
    return columnReason(
      name,
      'a keyed pseudonym is a code derived from information about the person; use "random-id"',
      '(c)(1)',
    )
  if (transform.kind === 'substitute')
    return columnReason(name, 'a substitute drawn by key is derived from the true value; redact it', '(c)(1)')
  return null
}

const reasonFor = (column: ReleasedPlan): string | null => {
  const { name, category, content, transform } = column
  const derived = derivedReason(column)
  if (derived !== null) return derived
  const because = (why: string | null, paragraph: string): string | null =>
    why === null ? null : columnReason(name, why, paragraph)
  if (isText(column) && transform.kind !== 'random-id')
    return because(
      transform.kind === 'scrub'
        ? 'scrubbed text may still hold an identifier, and scrubbing is measured, not certain; redact it'
        : 'free text may hold any identifier; redact it',
      `${RULE}(R)`,
    )
  if (content === 'date' || content === 'year') return because(dateReason(column), DATES)
  if (content === 'age') return because(ageReason(column), DATES)
  if (category === 'B' || content === 'state') return because(placeReason(column), `${RULE}(B)`)
  if (category === 'none' || transform.kind === 'random-id') return null
  return because(
    `${IDENTIFIER_CATEGORIES[category].toLowerCase()} must go; redact it${category === 'C' ? '' : ', or use "random-id"'}`,
    `${RULE}(${category})`,
  )
}

/** Every reason why a release by this plan is not de-identified by 45 CFR 164.514(b)(2). */
export const safeHarborReasons = (plan: Plan): string[] =>
  releasedColumns(plan).flatMap((column) => {
    const reason = reasonFor(column)
    return reason === null ? [] : [reason]
  })
