import { builtInRoles as roles } from '@chartward/policy'
import { type DemoPerson, keyOf } from '../people.ts'
import { DAY_MS, HOUR_MS, type Plan, type PlannedDay } from './plan.ts'

/** When somebody works, in milliseconds. */
export interface Shift {
  readonly start: number
  readonly end: number
}

/** Two early ones, a late one, a night, two days off; the night ends on the next morning. */
const ROTA = ['early', 'early', 'late', 'night', 'off', 'off'] as const
const ROTA_HOURS = { early: [6.6, 14.6], late: [13.8, 21.8], night: [21.4, 30.2] } as const

const isOnHoliday = (plan: Plan, person: DemoPerson, { ago }: PlannedDay): boolean => {
  if (plan.days.length < 30) return false
  const dice = plan.dice(`holiday/${keyOf(person)}`)
  const first = dice.int(12, plan.days.length - 5)
  return ago <= first && ago > first - dice.int(5, 12)
}

const hasAccount = ({ joined, awayFor }: DemoPerson, { ago }: PlannedDay): boolean =>
  (joined === undefined || ago < joined) && (awayFor === undefined || ago > awayFor)

const hoursOf = (plan: Plan, person: DemoPerson, day: PlannedDay): readonly [number, number] | null => {
  const dice = plan.dice(`hours/${keyOf(person)}/${day.start}`)
  if (person.role === roles.nurse.name) {
    const turn = ROTA[(Math.round(day.start / DAY_MS) + plan.people.indexOf(person)) % ROTA.length] ?? 'off'
    return turn === 'off' ? null : ROTA_HOURS[turn]
  }
  const begins = Math.max(6.5, dice.normal(8.2, 0.6))
  if (!day.isWeekend) return [begins, begins + 8.6]
  // Somebody is on call.
  return person.role === roles.clinician.name && dice.chance(0.14) ? [begins + 1, begins + 5] : null
}

/** When somebody works on a day; null on a day off, on holiday, and while they have no account. */
export const shiftOf = (plan: Plan, person: DemoPerson, day: PlannedDay): Shift | null => {
  if (person.aside === true || !hasAccount(person, day) || isOnHoliday(plan, person, day)) return null
  const hours = hoursOf(plan, person, day)
  if (hours === null) return null
  const [first, last] = hours
  return { start: day.start + first * HOUR_MS, end: day.start + last * HOUR_MS }
}
