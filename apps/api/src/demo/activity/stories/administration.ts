import type { Prng } from '@chartward/fhir'
import { builtInRoles as roles } from '@chartward/policy'
import type { Story } from '../act.ts'
import { type Doing, sittings } from '../sitting.ts'

const listsAccounts = (minutes: number): Doing => ({
  what: 'lists accounts and opens one',
  minutes,
  do: async (player) => {
    await player.does((caller) => caller.home.accounts())
    const { items } = await player.does((caller) => caller.users.list({}))
    const id = items[minutes % items.length]?.id
    if (id !== undefined) await player.does((caller) => caller.users.get({ id }))
  },
})

const administrator = (dice: Prng): Doing[] => [
  listsAccounts(dice.int(1, 5)),
  { what: 'lists approvals', minutes: 2, do: (player) => player.does((caller) => caller.approvals.list({})) },
]

const analyst = (dice: Prng): Doing[] => [
  {
    what: 'looks how their exports stand',
    minutes: dice.int(1, 4),
    do: (player) => player.does((caller) => caller.exports.list()),
  },
]

/** Accounts, and the analysts who look for their exports. */
export const administration: Story = function* (plan) {
  yield* sittings(plan, roles.administrator, { likely: 0.45, doings: administrator })
  yield* sittings(plan, roles.analyst, { likely: 0.3, doings: analyst })
}
