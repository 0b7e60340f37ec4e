import type { Prng } from '@chartward/fhir'
import { builtInRoles as roles } from '@chartward/policy'
import type { Story } from '../act.ts'
import { DAY_MS } from '../plan.ts'
import { type Doing, sittings } from '../sitting.ts'

const looksAtFigures: Doing = {
  what: 'looks at the figures of the last weeks',
  minutes: 1,
  do: (player) => player.does((caller) => caller.home.activity({ bucket: 'day', days: 30 })),
}

const seesWhatNeedsOversight: Doing = {
  what: 'looks at exports and approvals',
  minutes: 1,
  do: async (player, { clock }) => {
    const since = new Date(clock.now().getTime() - 30 * DAY_MS).toISOString()
    await player.does((caller) => caller.home.oversight({ since }))
    await player.does((caller) => caller.exports.list())
    await player.does((caller) => caller.approvals.list({}))
  },
}

const searches = (outcome: 'refused' | 'failure' | undefined, minutes: number): Doing => ({
  what: 'searches the log',
  minutes,
  do: async (player, { clock }) => {
    const from = new Date(clock.now().getTime() - 2 * DAY_MS).toISOString()
    const filters = { from, ...(outcome === undefined ? {} : { outcome }) }
    await player.does((caller) => caller.audit.search({ ...filters, limit: 50 }))
    await player.does((caller) => caller.audit.histogram({ ...filters, bucket: 'hour' }))
  },
})

const looksAtAnEntry: Doing = {
  what: 'opens an entry and its proof',
  minutes: 2,
  do: async (player, { clock }) => {
    const to = new Date(clock.now().getTime() - DAY_MS).toISOString()
    const { items } = await player.does((caller) => caller.audit.search({ to, limit: 10 }))
    // What was not in the log yet by yesterday has no proof.
    const id = items.find(({ index }) => index !== null)?.id
    if (id === undefined) return
    await player.does((caller) => caller.audit.get({ id }))
    await player.does((caller) => caller.audit.proof({ id }))
  },
}

const asksWhoSaw = (share: number, isPrinted: boolean): Doing => ({
  what: 'asks who saw a patient',
  minutes: 4,
  do: async (player, { families }) => {
    const text = families[Math.floor(share * families.length)]
    if (text === undefined) return
    const { items } = await player.does((caller) => caller.patients.search({ by: 'name', text }))
    const patientId = items[0]?.id
    if (patientId === undefined) return
    await player.does((caller) => caller.patients.get({ id: patientId }))
    await player.does((caller) => caller.care.list({ patientId }))
    await player.does((caller) => caller.audit.accesses({ patientId }))
    if (isPrinted) await player.does((caller) => caller.audit.printAccesses({ patientId }))
  },
})

const privacy = (dice: Prng): Doing[] => [
  seesWhatNeedsOversight,
  ...(dice.chance(0.5) ? [looksAtFigures] : []),
  searches(dice.chance(0.6) ? 'refused' : undefined, dice.int(1, 6)),
  ...(dice.chance(0.4) ? [asksWhoSaw(dice.float(), dice.chance(0.3))] : []),
  ...(dice.chance(0.3) ? [looksAtAnEntry] : []),
]

const security = (dice: Prng): Doing[] => [
  { what: 'lists accounts', minutes: 1, do: (player) => player.does((caller) => caller.users.list({})) },
  searches(dice.chance(0.7) ? 'failure' : 'refused', dice.int(2, 8)),
]

const auditor = (dice: Prng): Doing[] => [searches(undefined, dice.int(2, 9)), looksAtAnEntry]

/** Those who watch: the log every day, the figures, and who saw a patient where somebody has asked. */
export const oversight: Story = function* (plan) {
  yield* sittings(plan, roles.privacyOfficer, { likely: 0.6, doings: privacy })
  yield* sittings(plan, roles.securityOfficer, { likely: 0.6, doings: security })
  yield* sittings(plan, roles.auditor, { likely: 0.12, doings: auditor })
}
