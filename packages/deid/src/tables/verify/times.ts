import { findDates } from '../../shared/verifiers/find-dates.ts'

/*
 * 45 CFR 164.514(b)(2)(i)(C) on one cell: no element of a date but the year, no age over 89 told from
 * another, nor a year that tells one.
 */

const FINER: readonly RegExp[] = [
  // 5/6/19; 2019-W12, 2019 Q1
  /(?<![\d/])\d{1,2}\/\d{1,2}\/\d{2}(?![\d/])/,
  /(?<!\d)(?:1[89]|20|21)\d\d[ -]?(?:W\d\d|Q[1-4])(?!\d)/i,
  /(?<![a-z])(?:W\d\d|Q[1-4])[ -]?(?:1[89]|20|21)\d\d(?!\d)/i,
]

/** A date that is more exact than a year, anywhere in a text. */
export const showsExactDate = (text: string): boolean =>
  findDates(text) || FINER.some((pattern) => pattern.test(text))

const MONTH = new RegExp(
  `(?<![a-z])(?:${[
    ...['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?', 'july?', 'aug(?:ust)?'],
    ...['sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
    ...['spring', 'summer', 'autumn', 'winter'],
  ].join('|')})(?![a-z])`,
  'i',
)

const numbersIn = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number)

/** In a column of dates all digits are years of four, and no month or quarter is named. */
export const isYearsAlone = (text: string): boolean =>
  !MONTH.test(text) && (text.match(/\d+/g) ?? []).every((digits) => /^(?:1[89]|20|21)\d\d$/.test(digits))

/** Whoever was born so long before the as-of date is over 89: a label of such years alone. */
export const tellsAgeOver89 = (text: string, asOfYear: number): boolean => {
  const years = numbersIn(text)
  return years.length > 0 && Math.max(...years) < asOfYear - 90
}

/**
 * The least age of a group that is open above: "> 89", ">= 90", "90+", "90 or older", "[90, ∞)". Null for any
 * other label.
 */
const openFrom = (label: string): number | null => {
  const above = /^(?:>|over|above|older than)\s*(\d+)$/.exec(label)
  if (above) return Number(above[1]) + 1
  const from =
    /^(?:>=|≥|from|at least)\s*(\d+)$/.exec(label) ??
    /^(\d+)\s*(?:years\s*)?(?:\+|or older|or more|or over|or above|and older|and over|and above)$/.exec(
      label,
    ) ??
    /^[[(]?(\d+)\s*(?:,|-|–|\.\.)\s*(?:∞|inf|infinity|\*)?[\])]?$/.exec(label)
  if (from === null) return null
  return label.startsWith('(') ? Number(from[1]) + 1 : Number(from[1])
}

/**
 * Whether a label of an age tells one over 89 more closely than "90 or older": a number of 90 or more, but
 * not as the open end of a range ("[85, 90)", "< 90"), and no group that is open above but begins later than
 * at 90.
 */
export const isAgeOver89 = (text: string): boolean => {
  const label = text.trim().toLowerCase()
  const open = openFrom(label)
  if (open !== null) return open > 90
  const numbers = numbersIn(label.replaceAll(/(\d)\.\d+/g, '$1'))
  const excluded = /\)$/.test(label) || /^(?:<|under|below)\s*\d/.test(label)
  return numbers.some((number, at) => number > (excluded && at === numbers.length - 1 ? 90 : 89))
}
