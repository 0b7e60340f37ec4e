import type { Prng } from '@chartward/fhir'
import { type ResourceType, builtInRoles as roles } from '@chartward/policy'
import type { Story } from '../act.ts'
import type { Player } from '../player.ts'
import { type Doing, sittings } from '../sitting.ts'

/** Some patients are seen far more often than others. */
const patientAt = ({ patients }: Player, share: number) =>
  patients[Math.floor(share * share * patients.length)]

const list: Doing = {
  what: 'lists the patients in their care',
  minutes: 0.4,
  do: async (player) => {
    const { items } = await player.does((caller) => caller.patients.mine({}))
    player.patients = items.map(({ id }) => id)
  },
}

/** What is opened of a chart, and how often of ten. */
interface Habits {
  readonly types: readonly ResourceType[]
  readonly lists: number
  readonly reads: number
  readonly trends: number
}

const opens = (share: number, minutes: number): Doing => ({
  what: 'opens a chart',
  minutes,
  do: async (player) => {
    const id = patientAt(player, share)
    if (id === undefined) return
    await player.does((caller) => caller.patients.get({ id }))
    await player.does((caller) => caller.records.overview({ patientId: id }))
  },
})

const readsOn = (
  share: number,
  type: ResourceType,
  minutes: number,
  isRead: boolean,
  hasTrend: boolean,
): Doing => ({
  what: `reads on in a chart: ${type}`,
  minutes,
  do: async (player) => {
    const patientId = patientAt(player, share)
    if (patientId === undefined) return
    const { items, summary } = await player.does((caller) =>
      caller.records.list({ patientId, type, limit: 20 }),
    )
    const id = items.find(({ withheld }) => !withheld)?.id
    if (isRead && id !== undefined) await player.does((caller) => caller.records.get({ patientId, id }))
    const kind = summary?.kinds[0]?.kind
    if (hasTrend && kind !== undefined)
      await player.does((caller) => caller.records.trend({ patientId, kind }))
  },
})

const chartsOf =
  (fewest: number, most: number, habits: Habits) =>
  (dice: Prng): Doing[] => {
    const doings: Doing[] = [list]
    for (let left = dice.int(fewest, most); left > 0; left--) {
      const share = dice.float()
      doings.push(opens(share, dice.int(1, 7)))
      if (!dice.chance(habits.lists)) continue
      const type = dice.pick(habits.types)
      const hasTrend = type === 'Observation' && dice.chance(habits.trends)
      doings.push(readsOn(share, type, dice.int(1, 3), dice.chance(habits.reads), hasTrend))
    }
    return doings
  }

const CLINICIAN: Habits = {
  types: [
    'Observation',
    'Condition',
    'DocumentReference',
    'MedicationRequest',
    'DiagnosticReport',
    'Encounter',
  ],
  lists: 0.7,
  reads: 0.5,
  trends: 0.5,
}
const NURSE: Habits = {
  types: ['Observation', 'AllergyIntolerance', 'MedicationRequest', 'Immunization', 'Condition'],
  lists: 0.5,
  reads: 0.2,
  trends: 0.3,
}

/** What goes on every day: clinicians and nurses with the charts of the patients in their care. */
export const charts: Story = function* (plan) {
  yield* sittings(plan, roles.clinician, { likely: 0.4, doings: chartsOf(4, 10, CLINICIAN) })
  yield* sittings(plan, roles.nurse, { likely: 0.42, doings: chartsOf(3, 7, NURSE) })
}
