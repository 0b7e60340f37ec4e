import { IDENTIFIER_CATEGORIES } from '@chartward/policy'
import { isCategoryLetter } from '../../shared/category-letters.ts'
import type { HierarchySpec, Transform } from '../format/plan.ts'
import type { ReportColumn } from '../format/risk-report.ts'
import type { ReleasedColumn } from '../format/table-release.ts'

/** The category's title and where the rule lists it, or null for none. */
export const categoryOf = (letter: string): ReportColumn['category'] =>
  isCategoryLetter(letter)
    ? { title: IDENTIFIER_CATEGORIES[letter], citation: `45 CFR 164.514(b)(2)(i)(${letter})` }
    : null

const DATE_LEVELS: Readonly<Record<string, string>> = {
  week: 'weeks',
  month: 'months',
  quarter: 'quarters',
  year: 'years',
  'five-years': 'five years',
  decade: 'decades',
}

/**
 * What each level of a hierarchy is, from the values themselves (level 0) to all in one. Null for a hierarchy
 * from a file, whose levels have labels and no names.
 */
export const levelNames = (hierarchy: HierarchySpec): readonly string[] | null => {
  switch (hierarchy.kind) {
    case 'csv':
      return null
    case 'interval':
      return ['values', ...hierarchy.widths.map((width) => `bands of ${width}`), 'all in one']
    case 'date':
      return ['days', ...hierarchy.levels.map((level) => DATE_LEVELS[level] ?? level), 'all in one']
    case 'prefix':
      return [
        'whole codes',
        ...hierarchy.lengths.map((length) =>
          length === 1 ? 'the first character' : `the first ${length} characters`,
        ),
        'all in one',
      ]
    case 'order':
      return ['values', ...hierarchy.fanouts.map((fanout) => `groups of ${fanout} neighbours`), 'all in one']
    default:
      return hierarchy satisfies never
  }
}

const generalised = (level: number | undefined, hierarchy: HierarchySpec | undefined): string => {
  const names = hierarchy === undefined ? null : levelNames(hierarchy)
  if (level !== undefined) {
    const name = names?.[level]
    return `Generalised to level ${level} of its hierarchy${name === undefined ? '' : ` (${name})`}.`
  }
  const levels = names === null ? '' : ` (${names.join(', ')})`
  return `Generalised by its hierarchy${levels}, as far as the search found to be needed.`
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

const doneTo = (transform: Exclude<Transform, { kind: 'generalise' }>): string => {
  switch (transform.kind) {
    case 'redact':
      return 'Left out.'
    case 'keep':
      return 'Kept as it was.'
    case 'top-code':
      return `Values above ${transform.above} are one group.`
    case 'bottom-code':
      return `Values below ${transform.below} are one group.`
    case 'bin':
      return `Put into bands of ${transform.width}.`
    case 'perturb':
      return `Changed by random noise (Laplace, scale ${transform.scale}): no cell is exact.`
    case 'pseudonym':
      return "Replaced by a code derived from the value under this export's key (HMAC-SHA-256)."
    case 'random-id':
      return 'Replaced by a random id of this export, derived from nothing.'
    case 'date-shift':
      return `All dates of a patient moved by one secret offset of 1 to ${days(transform.days)}, back or forth.`
    case 'year':
      return 'The year alone.'
    case 'zip3':
      return 'The first three digits where more than 20,000 people live (2020 Census), else 000.'
    case 'substitute':
      return "Replaced by another value of the column's kind."
    case 'scrub':
      return 'Free text with each identifier that was found replaced by its category.'
    default:
      return transform satisfies never
  }
}

/**
 * What was done to a released column; the column that tells patients apart only numbers them. `level`: where
 * the search set one for all.
 */
export const doneToReleased = (
  { role, transform }: ReleasedColumn,
  hierarchy: HierarchySpec | undefined,
  level?: number,
): string => {
  if (role === 'patient') return 'Tells patients apart, by ids of this export.'
  if (transform.kind === 'generalise') return generalised(transform.level ?? level, hierarchy)
  return doneTo(transform)
}
