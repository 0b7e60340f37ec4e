/** Calendar days as a date field gives them (YYYY-MM-DD), in the person's own time zone. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

const partsOf = (day: string): [number, number, number] | null => {
  const match = DAY.exec(day)
  if (match === null) return null
  const [year, month, date] = match.slice(1).map(Number)
  return year === undefined || month === undefined || date === undefined ? null : [year, month - 1, date]
}

/** The day's first moment as an ISO instant, or null where the text is no day. */
export const startOfDay = (day: string): string | null => {
  const parts = partsOf(day)
  return parts === null ? null : new Date(...parts).toISOString()
}

/** The first moment of the day after: an exclusive end. */
export const endOfDay = (day: string): string | null => {
  const parts = partsOf(day)
  if (parts === null) return null
  const [year, month, date] = parts
  return new Date(year, month, date + 1).toISOString()
}
