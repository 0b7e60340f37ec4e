import { dayOf, startOfDay } from '../../lib/calendar.ts'
import { serverNow } from '../../lib/session/server-clock.ts'

const DAY_MS = 86_400_000

/**
 * A day some days ago, as the log's filter has it, and the moment at which it begins: what a figure counts
 * from is what the list that it leads to begins with.
 */
export const daysAgo = (
  days: number,
  now = serverNow(),
): { readonly day: string; readonly since: string } => {
  const day = dayOf(now - days * DAY_MS)
  return { day, since: startOfDay(day) ?? new Date(now - days * DAY_MS).toISOString() }
}
