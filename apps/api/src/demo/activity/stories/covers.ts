import { builtInRoles as roles } from '@chartward/policy'
import { shownAs } from '../../staff.ts'
import { inSteps, type Step, type Story } from '../act.ts'
import { DAY_MS } from '../plan.ts'

const CLINICIAN = shownAs(roles.clinician)
const NURSE = shownAs(roles.nurse)

interface Given {
  readonly ago: number
  readonly by: string
  readonly to: readonly string[]
  readonly patients: number
  readonly days: number
  readonly reason: string
  /** After so many days it is ended; otherwise it ends by itself. */
  readonly endsAfter?: number
}

const COVERS: readonly Given[] = [
  {
    ago: 30,
    by: 'ingrid.kowalczyk',
    to: ['desmond.aguilar', 'pilar.etxeberria'],
    patients: 4,
    days: 6,
    reason: 'At a congress until Friday',
    endsAfter: 4,
  },
  {
    ago: 2,
    by: CLINICIAN,
    to: ['clara.steinbrenner', NURSE],
    patients: 3,
    days: 6,
    reason: 'On leave this week',
  },
]

const stepsOf = ({ ago, by, to, patients, days, reason, endsAfter }: Given): Step[] => {
  const kept = `cover ${ago}`
  const begin: Step = {
    ago,
    hour: 16.1,
    by,
    what: 'hands patients to colleagues',
    do: async (player, stage) => {
      const { items } = await player.does((caller) => caller.patients.mine({}))
      // What came from a colleague is not handed on.
      const own = items.filter(({ relationship }) => relationship !== null && relationship.kind !== 'cover')
      const wanted = own.slice(0, patients).map((one) => one.id)
      if (wanted.length === 0) return
      const { id } = await player.does((caller) =>
        caller.covers.give({
          patients: wanted,
          userIds: to.map((key) => stage.player(key).id),
          endsAt: new Date(stage.clock.now().getTime() + days * DAY_MS),
          reason,
        }),
      )
      stage.keep(kept, id)
    },
  }
  if (endsAfter === undefined) return [begin]
  const end: Step = {
    ago: ago - endsAfter,
    hour: 8.4,
    by,
    what: 'ends a cover',
    do: async (player, stage) => {
      if (!stage.hasKept(kept)) return
      await player.does((caller) => caller.covers.end({ id: stage.kept(kept), reason: 'Back earlier' }))
    },
  }
  return [begin, end]
}

/** Patients handed to colleagues for some days: one cover that was ended, one that goes on. */
export const covers: Story = (plan) => COVERS.flatMap((cover) => inSteps(plan, stepsOf(cover)))
