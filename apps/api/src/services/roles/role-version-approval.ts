import type { Connection } from '@chartward/db'
import { type Id, titleOf, type UserId } from '@chartward/policy'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { openText } from '../../keys/sealed-text.ts'
import { type Approval, isForRole, reasonOf } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { putPlanInForce } from './move-holders.ts'
import { type Plan, planOf, type Wanted } from './plan.ts'
import { versionsOf } from './stored.ts'

const payload = z.strictObject({
  role: z.string(),
  version: z.string().regex(/^[1-9]\d*$/),
  people: z.string().nullable(),
  moving: z.string(),
})

const wantedOf = ({ role, version, people }: z.output<typeof payload>): Wanted => ({
  name: role,
  version: Number(version),
  people: people === null ? null : people.split(',').map((id) => id as UserId),
})

/** What a request to put a version in force would do as everything stands now. */
export const roleVersionPlan = (
  connection: Connection,
  app: App,
  approval: Approval & { readonly subjectId: Id<'role'> },
): Promise<Plan> => planOf(connection, app, wantedOf(payload.parse(approval.payload)))

/** A version of a custom role that gives somebody something: in force once a second person has agreed. */
export const roleVersionApproval = defineApprovalKind({
  subject: isForRole,
  request: 'access:role:put-in-force',
  decide: 'access:approval:decide',
  // About those who hold the role, who have what they have of it already.
  enrolledOnly: false,
  payload,

  describe: (_app, policy, { payload: { role, version, people, moving } }) => {
    const whom = people === null ? `all ${moving} who hold it` : `${moving} of those who hold it`
    return {
      line: `Version ${version} of the role ${titleOf(policy, { name: role, version: Number(version) })}, for ${whom}`,
      endsAt: null,
      role: null,
      gives: [],
    }
  },

  carryOut: async (tx, app, by, { approval, payload: asked }) => {
    const plan = await planOf(tx, app, wantedOf(asked))
    const [author] = (await versionsOf(tx, app, asked.role)).filter(
      ({ version }) => version === plan.role.version,
    )
    const concerned: readonly (UserId | undefined)[] = [author?.authorId, ...plan.holders]
    if (approval.decidedBy === null || concerned.includes(approval.decidedBy))
      throw new ChartwardError(
        'SECOND_PERSON_REQUIRED',
        'You have drafted this version, or hold the role: somebody else decides on it.',
      )
    if (plan.holders.includes(approval.requestedBy))
      throw new ChartwardError(
        'CONFLICT',
        'Whoever asked for this holds the role by now. Reject it; somebody else can ask anew.',
      )
    if (plan.difference.obstacle !== null) throw new ChartwardError('CONFLICT', plan.difference.obstacle)
    const reason = await openText(app.keyring, reasonOf(approval), approval.reason)
    const said = { reason, approval: approval.id, requestedBy: approval.requestedBy }
    await putPlanInForce(tx, app, by, plan, said)
  },

  turnDown: async () => undefined,
})
