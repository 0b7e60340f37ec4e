import { builtInRoles as roles } from '@chartward/policy'
import { type Act, inSteps, personAct, type Story } from '../act.ts'
import { approves } from '../decide.ts'
import { newPassword } from '../passwords.ts'

const WHO = 'gregor.halvorsen'
const SECURITY = 'security'
const ADMIN = 'admin'
const OTHER = 'admin2'

/** A nurse whose account is locked down, looked at, opened again by two, and entered anew. */
export const lockedDown: Story = (plan): Act[] => {
  const before = [66, 65, 63].flatMap((ago) => {
    const at = plan.at(ago, 8.3)
    return at === null
      ? []
      : [
          personAct(at, WHO, 'looks what there is to do', (player) =>
            player.does((caller) => caller.home.mine({})),
          ),
        ]
  })
  return [
    ...before,
    ...inSteps(plan, [
      {
        ago: 62,
        hour: 17.3,
        by: SECURITY,
        what: 'locks an account down',
        do: async (player, stage) => {
          const { approvalId } = await player
            .does((caller) =>
              caller.users.lockDown({
                userId: stage.player(WHO).id,
                reason: 'Telephone with the authenticator was stolen on the train',
              }),
            )
            .then((answer) => ({ approvalId: 'approvalId' in answer ? answer.approvalId : '' }))
          stage.keep('lockdown', approvalId)
        },
      },
      {
        ago: 61,
        hour: 8.9,
        by: ADMIN,
        what: 'confirms a lockdown',
        do: (player, stage) => approves(player, stage.kept('lockdown')),
      },
      {
        ago: 57,
        hour: 9.5,
        by: ADMIN,
        what: 'asks that an account is opened again',
        do: async (player, stage) => {
          const { approvalId } = await player.does((caller) =>
            caller.users.reactivate({ userId: stage.player(WHO).id, reason: 'Has a new telephone' }),
          )
          stage.keep('reactivation', approvalId)
        },
      },
      {
        ago: 57,
        hour: 11.1,
        by: OTHER,
        what: 'approves that an account is opened again',
        do: (player, stage) => approves(player, stage.kept('reactivation')),
      },
      {
        ago: 57,
        hour: 11.6,
        by: OTHER,
        what: 'invites somebody anew',
        do: async (player, stage) => {
          const id = stage.player(WHO).id
          const { invitationUrl } = await player.does((caller) => caller.users.reinvite({ id }))
          stage.keep('reinvitation', invitationUrl ?? '')
        },
      },
      {
        ago: 57,
        hour: 13.2,
        by: WHO,
        what: 'enrols anew',
        do: (player, stage) => player.enrols(stage.kept('reinvitation'), newPassword()),
      },
      {
        ago: 57,
        hour: 13.9,
        by: OTHER,
        what: 'gives a role back',
        do: (player, stage) =>
          player.does((caller) =>
            caller.users.assignRole({
              userId: stage.player(WHO).id,
              role: roles.nurse.name,
              reason: 'Account opened again after the lockdown',
            }),
          ),
      },
      {
        ago: 56,
        hour: 7.2,
        by: WHO,
        what: 'looks what there is to do',
        do: (player) => player.does((caller) => caller.home.mine({})),
      },
    ]),
  ]
}
