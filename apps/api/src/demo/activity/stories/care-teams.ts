import { builtInRoles as roles } from '@chartward/policy'
import { shownAs } from '../../staff.ts'
import { inSteps, type Step, type Story } from '../act.ts'

const CLINICIAN = shownAs(roles.clinician)

interface Cover {
  readonly ago: number
  readonly by: string
  readonly forWhom: string
  readonly reason: string
  /** After so many days it is ended; otherwise it goes on. */
  readonly endsAfter?: number
}

const COVERS: readonly Cover[] = [
  {
    ago: 84,
    by: CLINICIAN,
    forWhom: 'pilar.etxeberria',
    reason: 'Takes part in the wound rounds',
    endsAfter: 30,
  },
  {
    ago: 72,
    by: 'ingrid.kowalczyk',
    forWhom: 'desmond.aguilar',
    reason: 'Covers while I am away',
    endsAfter: 12,
  },
  { ago: 55, by: 'priya.venkatesan', forWhom: 'oonagh.fitzgibbon', reason: 'Home visits together' },
  { ago: 40, by: 'priya.venkatesan', forWhom: 'xiomara.beltran', reason: 'New on the ward, works with me' },
  { ago: 28, by: CLINICIAN, forWhom: 'clara.steinbrenner', reason: 'Second opinion', endsAfter: 9 },
  { ago: 2, by: CLINICIAN, forWhom: 'anders.holmgaard', reason: 'Helps out on our ward this week' },
]

const stepsOf = ({ ago, by, forWhom, reason, endsAfter }: Cover): Step[] => {
  const name = `care ${ago}`
  const begin: Step = {
    ago,
    hour: 11.2,
    by,
    what: 'puts a colleague into a care team',
    do: async (player, stage) => {
      const { items } = await player.does((caller) => caller.patients.mine({}))
      const patientId = items[ago % Math.max(items.length, 1)]?.id
      if (patientId === undefined) return
      await player.does((caller) => caller.patients.get({ id: patientId }))
      await player.does((caller) => caller.care.candidates({ patientId, text: forWhom.slice(0, 4) }))
      const userId = stage.player(forWhom).id
      const { id } = await player.does((caller) => caller.care.add({ patientId, userId, reason }))
      stage.keep(`${name} patient`, patientId)
      stage.keep(name, id)
    },
  }
  if (endsAfter === undefined) return [begin]
  const end: Step = {
    ago: ago - endsAfter,
    hour: 15.7,
    by,
    what: 'ends a care relationship',
    do: (player, stage) =>
      stage.hasKept(name)
        ? player.does((caller) =>
            caller.care.end({
              patientId: stage.kept(`${name} patient`),
              id: stage.kept(name),
              reason: 'No longer needed',
            }),
          )
        : Promise.resolve(),
  }
  return [begin, end]
}

/** Care relationships that are made by hand, and ended. */
export const careTeams: Story = (plan) => COVERS.flatMap((cover) => inSteps(plan, stepsOf(cover)))
