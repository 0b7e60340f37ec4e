import { runWork } from '../../../services/works/run-work.ts'
import { type Act, personAct, type Story } from '../act.ts'

/** The whole log, checked by whoever has to. Nothing else is under way, and the log has been written. */
export const verifications: Story = (plan): Act[] =>
  [
    [61, 'security'],
    [31, 'audit'],
    [2, 'privacy'],
  ].flatMap(([ago, by]) => {
    const at = plan.at(Number(ago), 10.9)
    return at === null
      ? []
      : [
          personAct(
            at,
            String(by),
            'verifies the log',
            async (player, { app, ledger }) => {
              await ledger.write()
              await ledger.follow()
              const { workId } = await player.does((caller) => caller.audit.askCheck())
              await runWork(app, workId, new AbortController().signal)
            },
            true,
          ),
        ]
  })
