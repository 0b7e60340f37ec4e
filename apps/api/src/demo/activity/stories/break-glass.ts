import type { BreakGlassCause, BreakGlassVerdict } from '@chartward/contract'
import { builtInRoles as roles } from '@chartward/policy'
import { shownAs } from '../../staff.ts'
import { inSteps, type Step, type Story } from '../act.ts'

const OFFICER = shownAs(roles.privacyOfficer)

interface Emergency {
  readonly ago: number
  readonly hour: number
  readonly by: string
  /** From which patient of the population on somebody is looked for who is not in their care. */
  readonly from: number
  readonly cause: BreakGlassCause
  readonly reason: string
  /** Left out: nobody has looked at it yet. */
  readonly review?: {
    readonly after: number
    readonly by: string
    readonly verdict: BreakGlassVerdict
    readonly note: string
  }
}

const EMERGENCIES: readonly Emergency[] = [
  {
    ago: 47,
    hour: 9.3,
    by: 'olumide.bakare',
    from: 5,
    cause: 'emergency',
    reason: 'Collapsed in the entrance hall, allergies not known',
    review: { after: 0, by: OFFICER, verdict: 'appropriate', note: 'The emergency team log fits it' },
  },
  {
    ago: 19,
    hour: 14.6,
    by: 'thandiwe.mokoena',
    from: 29,
    cause: 'other',
    reason: 'Wanted to check something for the ward round',
    review: {
      after: 2,
      by: 'solveig.marchetti',
      verdict: 'follow-up',
      note: 'Not on this ward at that time: talk with the nurse and the head of nursing',
    },
  },
  {
    ago: 1,
    hour: 10.2,
    by: 'tomasz.rybak',
    from: 41,
    cause: 'on-call',
    reason: 'On call for a colleague who can not be reached',
  },
]

/** So many people are looked for until one is found who is not in care. */
const TRIED = 8

const stepsOf = ({ ago, hour, by, from, cause, reason, review }: Emergency): Step[] => {
  const kept = `glass ${ago}`
  const breaks: Step = {
    ago,
    hour,
    by,
    what: 'breaks the glass',
    do: async (player, stage) => {
      for (let n = from; n < from + TRIED; n++) {
        const mrn = stage.mrns[n % stage.mrns.length] ?? ''
        const own = await player.does((caller) => caller.patients.search({ by: 'mrn', text: mrn }))
        if (own.items.length > 0) continue
        const { items } = await player.does((caller) => caller.breakGlass.search({ mrn }))
        const patientId = items[0]?.patientId
        if (patientId === undefined) continue
        const { id } = await player.does((caller) => caller.breakGlass.open({ patientId, cause, reason }))
        await player.does((caller) => caller.patients.get({ id: patientId }))
        await player.does((caller) =>
          caller.records.list({ patientId, type: 'AllergyIntolerance', limit: 20 }),
        )
        await player.does((caller) =>
          caller.records.list({ patientId, type: 'MedicationRequest', limit: 20 }),
        )
        if (review !== undefined) await player.does((caller) => caller.breakGlass.endMine({ id }))
        stage.keep(kept, id)
        return
      }
    },
  }
  if (review === undefined) return [breaks]
  const { after, by: reviewer, verdict, note } = review
  const reviews: Step = {
    ago: ago - after,
    hour: hour + 1.4,
    by: reviewer,
    what: 'reviews a use of break-glass',
    do: async (player, stage) => {
      if (!stage.hasKept(kept)) return
      const id = stage.kept(kept)
      await player.does((caller) => caller.breakGlass.get({ id }))
      await player.does((caller) => caller.breakGlass.review({ id, verdict, note }))
    },
  }
  return [breaks, reviews]
}

/**
 * Charts opened in an emergency: one as it should be, one to be talked about, one that waits for its review.
 */
export const breakGlass: Story = (plan) =>
  EMERGENCIES.flatMap((emergency) => inSteps(plan, stepsOf(emergency)))
