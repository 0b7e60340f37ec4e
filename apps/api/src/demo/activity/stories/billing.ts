import type { Prng } from '@chartward/fhir'
import { type ResourceType, builtInRoles as roles } from '@chartward/policy'
import type { Story } from '../act.ts'
import { type Doing, sittings } from '../sitting.ts'

const TYPES: readonly ResourceType[] = ['Claim', 'Claim', 'Coverage', 'ExplanationOfBenefit']

const worksOn = (share: number, types: readonly ResourceType[], minutes: number): Doing => ({
  what: 'finds a patient by the number on a claim',
  minutes,
  do: async (player, { mrns }) => {
    const text = mrns[Math.floor(share * mrns.length)]
    if (text === undefined) return
    const { items } = await player.does((caller) => caller.patients.search({ by: 'mrn', text }))
    const id = items[0]?.id
    if (id === undefined) return
    await player.does((caller) => caller.patients.get({ id }))
    for (const type of types)
      await player.does((caller) => caller.records.list({ patientId: id, type, limit: 20 }))
  },
})

const desk = (dice: Prng): Doing[] =>
  Array.from({ length: dice.int(3, 7) }, () =>
    worksOn(dice.float(), [...new Set([dice.pick(TYPES), dice.pick(TYPES)])], dice.int(2, 9)),
  )

/** The billing office: claims and coverage, by medical record number. */
export const billing: Story = (plan) => sittings(plan, roles.billing, { likely: 0.6, doings: desk })
