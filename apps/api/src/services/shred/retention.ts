import type { Retention } from '../../app.ts'
import type { Calendar } from '../../core/days.ts'

/** The age of majority in years: what is kept of minors is kept for so long after they have come of it. */
const MAJORITY = 18

/** What the end of a retention follows from. */
export interface Kept {
  /** The end of the last day that the record tells of. */
  readonly lastEntry: Date
  /** As the patient's own record says it, if it says it: a FHIR date. */
  readonly birthDate: string | null
}

/** The same day so many years later; of 29 February the day after the 28th, where there is none. */
const yearsAfter = (at: Date, years: number): Date => {
  const later = new Date(at)
  later.setUTCFullYear(at.getUTCFullYear() + years)
  return later
}

/**
 * When a record may be destroyed: so many years after its last entry, and so many after the patient has come
 * of age, whichever is later. A birth date in part counts as its last day; without one the patient may have
 * been born on the day of the last entry.
 */
export const keptUntil = ({ lastEntry, birthDate }: Kept, rule: Retention, calendar: Calendar): Date => {
  const born = (birthDate === null ? null : calendar.daysOf(birthDate)?.to) ?? lastEntry
  const byEntry = yearsAfter(lastEntry, rule.years)
  const byAge = yearsAfter(born, MAJORITY + rule.yearsPastMajority)
  return new Date(Math.max(byEntry.getTime(), byAge.getTime()))
}

/** The end of the last day that a FHIR value of any datatype names, or null where it names none. */
export const lastDayIn = (value: unknown, calendar: Calendar): Date | null => {
  if (typeof value === 'string') return calendar.daysOf(value)?.to ?? null
  if (typeof value !== 'object' || value === null) return null
  let last: Date | null = null
  for (const one of Object.values(value)) {
    const day = lastDayIn(one, calendar)
    if (day !== null && (last === null || day > last)) last = day
  }
  return last
}
