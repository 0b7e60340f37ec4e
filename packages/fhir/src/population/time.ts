export const MINUTE = 60_000
export const DAY = 86_400_000
export const YEAR = 365.25 * DAY

/** A FHIR dateTime in UTC, to the second. Times are milliseconds since 1970. */
export const dateTime = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}+00:00`

/** A FHIR date. */
export const date = (time: number): string => new Date(time).toISOString().slice(0, 10)

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** As clinicians write dates: `March 5, 2024`. */
export const longDate = (time: number): string => {
  const day = new Date(time)
  return `${MONTHS[day.getUTCMonth()]} ${day.getUTCDate()}, ${day.getUTCFullYear()}`
}

/** `3/5/2024`. */
export const shortDate = (time: number): string => {
  const day = new Date(time)
  return `${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()}`
}

/** Whole years from birth to a time, by the calendar. */
export const ageAt = (birth: number, time: number): number => {
  const [from, to] = [new Date(birth), new Date(time)]
  const years = to.getUTCFullYear() - from.getUTCFullYear()
  const had = to.getUTCMonth() - from.getUTCMonth() || to.getUTCDate() - from.getUTCDate()
  return had >= 0 ? years : years - 1
}

/** Moves a time to the same hour of the Friday before, where it falls on a weekend. */
export const onWeekday = (time: number): number => {
  const weekday = new Date(time).getUTCDay()
  return time - (weekday === 6 ? DAY : weekday === 0 ? 2 * DAY : 0)
}
