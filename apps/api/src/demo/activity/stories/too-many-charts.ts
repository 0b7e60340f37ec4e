import { type Act, personAct, type Story } from '../act.ts'
import { MINUTE_MS } from '../plan.ts'

const WHO = 'lorenzo.calabrese'
const CHARTS = 84
const REASON = 'Checking old balances before the year ends'

/**
 * A clerk who opens one chart after the other late in the day, far more than any claim needs, and says why
 * once asked.
 */
export const tooManyCharts: Story = (plan): Act[] => {
  const dice = plan.dice('too many charts')
  let at = plan.at(6, 16.2)
  if (at === null) return []
  const acts: Act[] = []
  for (let i = 0; i < CHARTS; i++) {
    at += (0.25 + dice.float() * 0.4) * MINUTE_MS
    acts.push(
      personAct(at, WHO, 'opens one chart after the other', async (player, { patientIds }) => {
        const id = patientIds[i]
        if (id !== undefined) await player.does((caller) => caller.patients.get({ id }), REASON)
      }),
    )
  }
  return acts.filter((act) => act.at < plan.to)
}
