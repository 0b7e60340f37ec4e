import { builtInRoles as roles } from '@chartward/policy'
import { keyOf } from '../../people.ts'
import { type Act, personAct, type Story } from '../act.ts'
import { HOUR_MS, type Plan } from '../plan.ts'
import type { Player } from '../player.ts'
import { shiftOf } from '../rhythm.ts'
import type { Stage } from '../stage.ts'

/** A patient who is in nobody's care whom the player cares for. */
const strangerTo = async (
  player: Player,
  { patientIds }: Stage,
  share: number,
): Promise<string | undefined> => {
  const { items } = await player.does((caller) => caller.patients.mine({}))
  player.patients = items.map(({ id }) => id)
  const own = new Set(player.patients)
  const others = patientIds.filter((id) => !own.has(id))
  return others[Math.floor(share * others.length)]
}

interface Turn {
  readonly role: { readonly name: string }
  readonly likely: number
  readonly what: string
  readonly take: (player: Player, stage: Stage, share: number) => Promise<unknown>
}

const withoutCare: Turn['take'] = async (player, stage, share) => {
  const id = await strangerTo(player, stage, share)
  if (id !== undefined) await player.fails('NO_CARE_RELATIONSHIP', (caller) => caller.patients.get({ id }))
}

/** Whoever mistypes gets it right the second time. */
const mistypes: Turn['take'] = async (player) => {
  await player.signsOut()
  await player.mistypes()
  await player.does((caller) => caller.home.mine({}))
}

const TURNS: readonly Turn[] = [
  {
    role: roles.clinician,
    likely: 0.025,
    what: 'tries a chart without a care relationship',
    take: withoutCare,
  },
  { role: roles.nurse, likely: 0.03, what: 'tries a chart without a care relationship', take: withoutCare },
  {
    role: roles.billing,
    likely: 0.04,
    what: 'tries the measurements of a chart',
    take: async (player, { patientIds }, share) => {
      const patientId = patientIds[Math.floor(share * patientIds.length)]
      if (patientId === undefined) return
      await player.fails('FORBIDDEN', (caller) =>
        caller.records.trend({ patientId, kind: 'http://loinc.org|8867-4' }),
      )
    },
  },
  {
    role: roles.analyst,
    likely: 0.03,
    what: 'tries to search patients',
    take: (player, { families }, share) => {
      const text = families[Math.floor(share * families.length)] ?? 'nobody'
      return player.fails('FORBIDDEN', (caller) => caller.patients.search({ by: 'name', text }))
    },
  },
  { role: roles.clinician, likely: 0.03, what: 'mistypes a password', take: mistypes },
  { role: roles.nurse, likely: 0.03, what: 'mistypes a password', take: mistypes },
  { role: roles.billing, likely: 0.02, what: 'mistypes a password', take: mistypes },
]

function* turnsOf(plan: Plan, { role, likely, what, take }: Turn): Generator<Act> {
  for (const person of plan.people.filter((one) => one.role === role.name)) {
    for (const day of plan.days) {
      const shift = shiftOf(plan, person, day)
      const dice = plan.dice(`${what}/${keyOf(person)}/${day.start}`)
      if (shift === null || !dice.chance(likely)) continue
      const at = shift.start + dice.float() * (shift.end - shift.start - HOUR_MS)
      const share = dice.float()
      if (at >= plan.from && at < plan.to)
        yield personAct(at, keyOf(person), what, (player, stage) => take(player, stage, share))
    }
  }
}

/** What is refused or fails on an ordinary day. */
export const wrongTurns: Story = function* (plan) {
  for (const turn of TURNS) yield* turnsOf(plan, turn)
}
