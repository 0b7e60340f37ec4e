import type { HierarchySpec } from '../format/plan.ts'
import { type CivilDay, civilOf, dayNumberOf, daysOf, dayText } from '../table/calendar.ts'
import { hierarchyFault, quoted } from './fault.ts'
import { hierarchyInOrder } from './from-order.ts'
import type { Hierarchy } from './hierarchy.ts'

type DateSpec = Extract<HierarchySpec, { kind: 'date' }>
type DateLevel = DateSpec['levels'][number]

/** From fine to coarse. */
export const DATE_LEVELS: readonly DateLevel[] = ['week', 'month', 'quarter', 'year', 'five-years', 'decade']

const yearText = (year: number): string => String(year).padStart(4, '0')

const spanOfYears = (year: number, years: number): string => {
  const first = Math.floor(year / years) * years
  return `${yearText(first)}-${yearText(first + years - 1)}`
}

const periodLabel = ({ year, month }: CivilDay, level: Exclude<DateLevel, 'week'>): string => {
  switch (level) {
    case 'month':
      return `${yearText(year)}-${String(month).padStart(2, '0')}`
    case 'quarter':
      return `${yearText(year)}-Q${Math.ceil(month / 3)}`
    case 'year':
      return yearText(year)
    case 'five-years':
      return spanOfYears(year, 5)
    case 'decade':
      return spanOfYears(year, 10)
  }
}

/** In which months a period of that level can begin. Only where it begins and ends within a week matters. */
const MONTHS: Record<Exclude<DateLevel, 'week'>, number> = {
  month: 1,
  quarter: 3,
  year: 12,
  'five-years': 12,
  decade: 12,
}

/**
 * Monday to Sunday, as an ISO 8601 interval. Weeks do not fit into months or years, so a week is cut where a
 * period of the next level ends: its label says what it covers.
 */
const weekLabel = (days: number, next: DateLevel | undefined): string => {
  const monday = days - ((((days + 3) % 7) + 7) % 7)
  let [first, last] = [monday, monday + 6]
  if (next !== undefined && next !== 'week') {
    const { year, month } = civilOf(days)
    const months = MONTHS[next]
    const firstMonth = month - ((month - 1) % months)
    const after = firstMonth + months
    first = Math.max(first, daysOf({ year, month: firstMonth, day: 1 }))
    last = Math.min(
      last,
      daysOf(after > 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: after, day: 1 }) - 1,
    )
  }
  return `${dayText(first) ?? ''}/${dayText(last) ?? ''}`
}

/** Dates (YYYY-MM-DD) by calendar periods. An empty value stays apart from dates until the top. */
export const dateHierarchy = ({ levels }: DateSpec, values: readonly string[]): Hierarchy => {
  const dated = values
    .map((text) => {
      const days = dayNumberOf(text)
      if (days === null && text !== '')
        throw hierarchyFault(`The value ${quoted(text)} is not a date (YYYY-MM-DD).`)
      return { text, days }
    })
    .sort((a, b) => (a.days ?? Number.NEGATIVE_INFINITY) - (b.days ?? Number.NEGATIVE_INFINITY))
  const labelOf = (days: number, at: number): string => {
    const level = levels[at] ?? 'year'
    return level === 'week' ? weekLabel(days, levels[at + 1]) : periodLabel(civilOf(days), level)
  }
  return hierarchyInOrder(
    dated.map(({ text }) => text),
    levels.map((_, at) => dated.map(({ days }) => (days === null ? '' : labelOf(days, at)))),
  )
}
