import { keyOf } from '../../people.ts'
import { type Act, personAct, type Story } from '../act.ts'

/** The last night of whoever has not signed in since: their account is still open, a quarter later. */
export const dormant: Story = (plan): Act[] =>
  plan.people.flatMap(({ email, awayFor }) => {
    const at = awayFor === undefined ? null : plan.at(awayFor + 1, 0.02)
    if (at === null) return []
    return [
      personAct(at, keyOf({ email }), 'looks what there is to do', (player) =>
        player.does((caller) => caller.home.mine({})),
      ),
    ]
  })
