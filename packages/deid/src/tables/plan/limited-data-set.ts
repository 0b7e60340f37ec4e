import { IDENTIFIER_CATEGORIES } from '@chartward/policy'
import type { CategoryLetter } from '../../shared/category-letters.ts'
import type { Plan } from '../format/plan.ts'
import { dayNumberOf } from '../table/calendar.ts'
import { columnReason, isText, type ReleasedPlan, releasedColumns } from './claim.ts'

/**
 * The numbers of (e)(2) by the letters of (b)(2)(i). Dates (C) and other unique codes (R) are not among the
 * sixteen.
 */
const SIXTEEN: Partial<Record<CategoryLetter, string>> = {
  A: 'i',
  B: 'ii',
  D: 'iii',
  E: 'iv',
  F: 'v',
  G: 'vi',
  H: 'vii',
  I: 'viii',
  J: 'ix',
  K: 'x',
  L: 'xi',
  M: 'xii',
  N: 'xiii',
  O: 'xiv',
  P: 'xv',
  Q: 'xvi',
}

const REPLACED: ReadonlySet<ReleasedPlan['transform']['kind']> = new Set([
  'random-id',
  'pseudonym',
  'substitute',
])

const reasonFor = (column: ReleasedPlan): string | null => {
  const { name, category, content, transform } = column
  if (REPLACED.has(transform.kind)) return null
  if (isText(column))
    return columnReason(
      name,
      'free text may hold any of the sixteen direct identifiers, even scrubbed; redact it',
      '(e)(2)',
    )
  if (category === 'none') return null
  const number = SIXTEEN[category]
  if (number === undefined) return null
  if (category === 'B')
    return content === 'zip' || content === 'city' || content === 'state'
      ? null
      : columnReason(
          name,
          'of an address only town or city, state and ZIP Code may stay; redact it',
          `(e)(2)(${number})`,
        )
  return columnReason(
    name,
    `${IDENTIFIER_CATEGORIES[category].toLowerCase()} must go; redact it, or replace it by an id`,
    `(e)(2)(${number})`,
  )
}

function* agreementReasons({ dataUseAgreement, asOf }: Plan): Generator<string> {
  if (dataUseAgreement === undefined)
    yield 'There is no data use agreement with recipient, purpose and end (45 CFR 164.514(e)(4)).'
  else if ((dayNumberOf(dataUseAgreement.ends) ?? 0) < (dayNumberOf(asOf) ?? 0))
    yield 'The data use agreement ended before the day of the plan (45 CFR 164.514(e)(4)).'
}

/** Every reason why a release by this plan is no limited data set by 45 CFR 164.514(e). */
export const limitedDataSetReasons = (plan: Plan): string[] => [
  ...agreementReasons(plan),
  ...releasedColumns(plan).flatMap((column) => {
    const reason = reasonFor(column)
    return reason === null ? [] : [reason]
  }),
]
