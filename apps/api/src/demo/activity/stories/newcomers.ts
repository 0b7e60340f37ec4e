import { builtInRoles as roles } from '@chartward/policy'
import { userIdSchema } from '../../../core/ids.ts'
import { keyOf } from '../../people.ts'
import { type Act, inSteps, type Step, type Story } from '../act.ts'
import { approves, turnsDown } from '../decide.ts'
import { newPassword } from '../passwords.ts'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

const ADMIN = 'admin'
const OTHER = 'admin2'
const SECURITY = 'security'

const invite = async (player: Player, stage: Stage, displayName: string, email: string): Promise<void> => {
  const { id, invitationUrl } = await player.does((caller) => caller.users.invite({ displayName, email }))
  stage.keep(`${email} id`, id)
  // Nothing is mailed while a past is made: the link is handed over.
  stage.keep(`${email} link`, invitationUrl ?? '')
}

/** Asks for a role, and where that waits for somebody, leaves by `name` what they are to decide. */
export const askForRole = async (
  player: Player,
  stage: Stage,
  name: string,
  input: { readonly userId: string; readonly role: string; readonly reason: string },
): Promise<void> => {
  const asked = await player.does((caller) => caller.users.assignRole(input))
  if (asked.outcome === 'pending-approval') stage.keep(name, asked.approvalId)
}

interface Guest {
  readonly displayName: string
  readonly email: string
  readonly ago: number
}

/** Invited, and never come: the link of one has expired, that of the other is still good. */
const GUESTS: readonly Guest[] = [
  { displayName: 'Bertrand Okafor', email: 'bertrand.okafor@demo.example', ago: 12 },
  { displayName: 'Catarina Lindholm', email: 'catarina.lindholm@demo.example', ago: 1 },
]

/** Accounts by invitation: invited, entered, given a role, a privileged one by a second person. */
export const newcomers: Story = function* (plan): Generator<Act> {
  for (const { displayName, email, role, joined } of plan.people) {
    if (joined === undefined) continue
    const key = keyOf({ email })
    const isPrivileged = role === roles.billing.name
    const steps: Step[] = [
      {
        ago: joined,
        hour: 9.1,
        by: ADMIN,
        what: 'invites a colleague',
        do: (player, stage) => invite(player, stage, displayName, email),
      },
    ]
    yield* inSteps(plan, steps)
    const entersAt = plan.at(joined, 13.4)
    if (entersAt === null) continue
    yield {
      at: entersAt,
      by: key,
      what: 'follows an invitation and enrols',
      alone: true,
      do: async (stage) => {
        const credentials = { email, password: '', totpSecret: '' }
        const player = stage.enters(key, userIdSchema.parse(stage.kept(`${email} id`)), credentials)
        await player.enrols(stage.kept(`${email} link`), newPassword())
      },
    }
    yield* inSteps(plan, [
      {
        ago: joined,
        hour: 14.2,
        by: ADMIN,
        what: 'gives a newcomer a role',
        do: (player, stage) =>
          askForRole(player, stage, `${key} role`, {
            userId: stage.kept(`${email} id`),
            role,
            reason: 'Begins with us today',
          }),
      },
      ...(isPrivileged
        ? [
            {
              ago: joined,
              hour: 15.5,
              by: OTHER,
              what: 'approves a role',
              do: (player: Player, stage: Stage) => approves(player, stage.kept(`${key} role`)),
            },
          ]
        : []),
    ])
  }
  for (const { displayName, email, ago } of GUESTS) {
    yield* inSteps(plan, [
      {
        ago,
        hour: 9.4,
        by: OTHER,
        what: 'invites somebody who has not come yet',
        do: (player, stage) => invite(player, stage, displayName, email),
      },
    ])
  }
}

/** Roles that are asked for: one turned down, one that waits for somebody. */
export const roleRequests: Story = (plan) => [
  ...inSteps(plan, [
    {
      ago: 47,
      hour: 10.8,
      by: ADMIN,
      what: 'asks for a role that is turned down',
      do: (player, stage) =>
        askForRole(player, stage, 'auditor role', {
          userId: stage.player('elspeth.crawford').id,
          role: roles.auditor.name,
          reason: 'Wants to count sign-ins for a report',
        }),
    },
    {
      ago: 46,
      hour: 9.9,
      by: SECURITY,
      what: 'turns a role down',
      do: (player, stage) =>
        turnsDown(
          player,
          stage.kept('auditor role'),
          'The log is not for reports: the figures can be asked for',
        ),
    },
  ]),
  ...inSteps(plan, [
    {
      ago: 1,
      hour: 16.1,
      by: OTHER,
      what: 'asks for a role that waits',
      do: (player, stage) =>
        askForRole(player, stage, 'waiting role', {
          userId: stage.player('elspeth.crawford').id,
          role: roles.billing.name,
          reason: 'Covers the billing office over the holidays',
        }),
    },
  ]),
]
