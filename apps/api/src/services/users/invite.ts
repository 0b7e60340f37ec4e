import type { AssignRoleOutput, InviteUserInput, InviteUserOutput } from '@chartward/contract'
import { isUniqueViolation, type Transaction, withTransaction } from '@chartward/db'
import { type Decision, REASON_TEXT, type UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { askForRole, wantedRole } from './ask-for-role.ts'
import { createInvitation, handOver } from './create-invitation.ts'
import { insertUser } from './user-row.ts'

type Context = VerbContext<'user.invited'>

/**
 * Makes an account that its owner takes over by a single-use link, and asks for its role in the same
 * transaction where one is named: both, or neither. The link is mailed to them; without mail it is shown to
 * the administrator, once, and the entry says so: until the owner has used it, whoever has seen it can. So a
 * privileged role waits, as ever, until they have enrolled and a second person has agreed.
 */
export const inviteUser = async ({
  ctx,
  input: { email, displayName, role, reason = '', endsAt },
}: {
  readonly ctx: Context
  readonly input: InviteUserInput
}): Promise<InviteUserOutput> => {
  const { app, user, entry } = ctx
  const id: UserId = newId()
  entry.about({ type: 'user', id }, null)
  const wanted = role === undefined ? null : wantedRole(app.clock(), { role, endsAt })
  try {
    return await withTransaction(app.db, 'none', async (tx) => {
      await beginPrivilegedAct(tx, { app, user }, 'account:user:invite')
      const right =
        wanted === null ? null : await beginPrivilegedAct(tx, { app, user }, 'access:assignment:request')
      await insertUser(tx, app, { id, email, displayName, status: 'invited', createdAt: app.clock() })
      const invitation = await createInvitation(tx, app, id, user.id)
      const invitationUrl = await handOver(tx, app, id, invitation)
      const linkShownTo = invitationUrl === null ? null : user.id
      const expiresAt = invitation.expiresAt.toISOString()
      // Name and address stay out of the log: the account may be a patient's.
      await entry.changed(tx, {
        change: {
          before: null,
          after: { status: 'invited', invitation: invitation.id, expiresAt, linkShownTo },
        },
        patientId: null,
        records: null,
      })
      const given =
        wanted === null || right === null
          ? null
          : await askFor(tx, ctx, right, { ...wanted, userId: id, reason, askedBy: user.id })
      return { id, invitationUrl, expiresAt, role: given }
    })
  } catch (error) {
    if (isUniqueViolation(error, 'users_email')) {
      throw new ChartwardError('CONFLICT', 'There is a user with this address already.', {
        cause: error,
        field: 'email',
      })
    }
    throw error
  }
}

/** The role has an entry of its own, with the decision by which it may be asked for. */
const askFor = (
  tx: Transaction,
  { app, entry }: Context,
  { statement, reason, facts }: Decision,
  asked: Parameters<typeof askForRole>[3],
): Promise<AssignRoleOutput> => {
  const by = {
    ...entry.draft('success', null),
    statement,
    reason: REASON_TEXT[reason],
    facts: { ...facts },
  } as const
  return askForRole(tx, app, by, asked, (after) =>
    app.audit.append(tx, {
      ...by,
      action: 'role.assignment.requested',
      change: { before: null, after },
      note: asked.reason,
    }),
  )
}
