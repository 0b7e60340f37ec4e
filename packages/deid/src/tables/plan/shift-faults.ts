import type { ColumnPlan, Plan } from '../format/plan.ts'
import { type PlanFault, pathOf } from './fault.ts'

/** Transforms after which nothing of a date's own place in time is left. */
const REPLACED: ReadonlySet<ColumnPlan['transform']['kind']> = new Set([
  'redact',
  'random-id',
  'pseudonym',
  'substitute',
])

/**
 * A year or a date that is not shifted may be that of a shifted date, and the two together give the patient's
 * offset away, and with it all other dates. A date that the search generalises may stay: the models count it.
 * An age tells no offset.
 */
const betrays = ({ content, role, transform }: ColumnPlan): boolean => {
  if (transform.kind === 'date-shift' || REPLACED.has(transform.kind)) return false
  if (content === 'year') return true
  return (
    content === 'date' &&
    !(role === 'quasi-identifier' && transform.kind === 'generalise' && transform.level !== 0)
  )
}

/** What gives a date shift away: another shift beside it, or a date or year that is not shifted. */
export const shiftFaults = ({ columns }: Plan): PlanFault[] => {
  const entries = Object.entries(columns)
  const shifts = entries.flatMap(([name, { transform }]) =>
    transform.kind === 'date-shift' ? [{ name, days: transform.days }] : [],
  )
  const [first] = shifts
  if (first === undefined) return []
  const others = shifts.filter(({ days }) => days !== first.days)
  return [
    ...others.map(({ name }) => ({
      path: pathOf('columns', name, 'transform', 'days'),
      advice: `all dates of a patient are shifted by one offset: give ${first.days}, as for "${first.name}"`,
    })),
    ...entries
      .filter(([, column]) => betrays(column))
      .map(([name]) => ({
        path: pathOf('columns', name, 'transform'),
        advice:
          `beside the shifted dates of "${first.name}" this may tell the offset: ` +
          'shift it too, redact it, or give an age instead',
      })),
  ]
}
