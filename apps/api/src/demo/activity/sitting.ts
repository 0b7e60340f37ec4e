import type { Prng } from '@chartward/fhir'
import { type DemoPerson, keyOf } from '../people.ts'
import { type Act, personAct } from './act.ts'
import { MINUTE_MS, type Plan, type PlannedDay } from './plan.ts'
import type { Player } from './player.ts'
import { shiftOf } from './rhythm.ts'
import type { Stage } from './stage.ts'

/** One thing after the other at a desk, each some minutes after the one before. */
export interface Doing {
  readonly what: string
  readonly minutes: number
  readonly do: (player: Player, stage: Stage) => Promise<unknown>
}

interface Sittings {
  /** How likely somebody sits down on a day on which they work. */
  readonly likely: number
  /** What they do there. */
  readonly doings: (dice: Prng, person: DemoPerson, day: PlannedDay) => readonly Doing[]
}

/** After the landing page, as everybody comes to it. */
const LANDING: Doing = {
  what: 'looks what there is to do',
  minutes: 0,
  do: async (player) => {
    await player.does((caller) => caller.home.mine({}))
    await player.does((caller) => caller.needsYou.list({}))
  },
}

const signOut = (minutes: number): Doing => ({
  what: 'signs out',
  minutes,
  do: (player) => player.signsOut(),
})

/** The acts of everybody of a role, day by day, in one sitting of each shift. */
export function* sittings(
  plan: Plan,
  role: { readonly name: string },
  { likely, doings }: Sittings,
): Generator<Act> {
  for (const person of plan.people.filter((one) => one.role === role.name)) {
    for (const day of plan.days) {
      const shift = shiftOf(plan, person, day)
      const dice = plan.dice(`sitting/${keyOf(person)}/${day.start}`)
      if (shift === null || !dice.chance(likely)) continue
      const away = dice.chance(0.3) ? [] : [signOut(dice.int(1, 3))]
      const all = [LANDING, ...doings(dice, person, day), ...away]
      let at = shift.start + dice.float() * (shift.end - shift.start) * 0.85
      for (const { what, minutes, do: work } of all) {
        at += minutes * MINUTE_MS
        if (at >= plan.from && at < plan.to) yield personAct(at, keyOf(person), what, work)
      }
    }
  }
}
