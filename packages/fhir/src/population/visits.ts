import type { Doctor } from './directory.ts'
import type { Person } from './people.ts'
import type { Prng } from './prng.ts'
import type { VISIT_TYPES } from './terminology.ts'
import { ageAt, DAY, MINUTE, onWeekday, YEAR } from './time.ts'

export interface PlannedVisit {
  readonly kind: keyof typeof VISIT_TYPES
  readonly start: number
  readonly end: number
  readonly doctor: Doctor
}

/** How many years of a chart are written: the older the patient, the longer. */
const historyYears = (age: number): number => (age < 18 ? 5 : age < 50 ? 4 : 5)

const officeHour = (prng: Prng, day: number): number => {
  const midnight = Math.floor(onWeekday(day) / DAY) * DAY
  // From 8:00 to 16:45 at 5 hours behind UTC.
  return midnight + 13 * 60 * MINUTE + prng.int(0, 35) * 15 * MINUTE
}

/** Times backwards from the last one, about `every` apart, until the beginning. */
const series = (prng: Prng, last: number, from: number, every: number): number[] => {
  const times: number[] = []
  for (let time = last; time > from; time -= every * (0.85 + 0.3 * prng.float())) times.push(time)
  return times
}

/** The visits of a person's last years, in order; the last one days before `end` (now, or death). */
export const planVisits = (
  prng: Prng,
  person: Person,
  end: number,
  isChronic: boolean,
  doctors: readonly Doctor[],
): PlannedVisit[] => {
  const from = Math.max(person.birth + 7 * DAY, end - historyYears(person.age) * YEAR)
  const span = Math.max(0, end - from)
  const visit = (
    kind: PlannedVisit['kind'],
    day: number,
    minutes: number,
    doctor = person.doctor,
  ): PlannedVisit => {
    const start = kind === 'emergency' ? day : officeHour(prng, day)
    return { kind, start, end: start + minutes * MINUTE, doctor }
  }
  const checkUps = series(prng, end - prng.int(4, 150) * DAY, from, person.age < 4 ? 0.5 * YEAR : YEAR).map(
    (day) => visit(ageAt(person.birth, day) < 18 ? 'child' : 'wellness', day, 30),
  )
  const recent = Math.max(from, end - 2 * YEAR)
  const followUps = isChronic
    ? series(prng, end - prng.int(4, 60) * DAY, recent, 0.5 * YEAR).map((day) => visit('followUp', day, 20))
    : []
  const anyDay = () => from + prng.float() * Math.max(0, span - 4 * DAY)
  const acute = Array.from({ length: prng.int(1, 4) }, () =>
    visit('acute', anyDay(), 15, prng.chance(0.7) ? person.doctor : prng.pick(doctors)),
  )
  const emergency = prng.chance(0.3) ? [visit('emergency', anyDay(), 150, prng.pick(doctors))] : []
  const all = [...checkUps, ...followUps, ...acute, ...emergency]
  return all
    .filter(({ start, end: over }) => start > person.birth + DAY && over < end - 2 * DAY)
    .toSorted((a, b) => a.start - b.start)
}
