import { NAMESAKE } from '../../staff.ts'
import { type Act, personAct, type Story } from '../act.ts'
import { MINUTE_MS } from '../plan.ts'
import { AT_HOME } from '../stage.ts'

const WHO = 'dorothea.winslow'
/** Whose patient it is: see `namesakeOf` of the person. */
const PATIENT = NAMESAKE

/**
 * A clerk who looks at one patient's insurance late in the evening from somewhere else, three times, without
 * a claim to work on and without anything else before or after: nothing in the log explains it.
 */
export const namesake: Story = (plan): Act[] =>
  [19, 11, 3].flatMap((ago) => {
    const at = plan.at(ago, 22.6)
    if (at === null) return []
    return [
      personAct(at, WHO, 'opens a chart that nothing explains', async (player, { mrns }) => {
        const text = mrns[PATIENT % mrns.length] ?? ''
        player.movesTo(AT_HOME)
        const { items } = await player.does((caller) => caller.patients.search({ by: 'mrn', text }))
        const patientId = items[0]?.id
        if (patientId === undefined) return
        await player.does((caller) => caller.patients.get({ id: patientId }))
        await player.does((caller) => caller.records.list({ patientId, type: 'Coverage', limit: 20 }))
      }),
      personAct(at + 4 * MINUTE_MS, WHO, 'signs out', async (player) => {
        await player.signsOut()
        player.movesTo()
      }),
    ]
  })
