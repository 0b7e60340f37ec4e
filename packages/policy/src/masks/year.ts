import { asRecord } from './shape.ts'

/** FHIR R4 date, dateTime and instant: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss(.fff)(zone). */
const DATE = /^(\d{4})(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/

const yearOf = (value: unknown): string | null =>
  typeof value === 'string' ? (DATE.exec(value)?.[1] ?? null) : null

/** A date's year, or the years of a Period as "2010–2012"; null for anything else. */
export const year = (value: unknown): string | null => {
  if (typeof value === 'string') return yearOf(value)
  const period = asRecord(value)
  if (period === null) return null
  const start = yearOf(period.start)
  const end = yearOf(period.end)
  if (start === null || end === null || start === end) return start ?? end
  return `${start}–${end}`
}
