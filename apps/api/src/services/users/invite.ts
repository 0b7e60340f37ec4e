import type { InviteUserInput, InviteUserOutput } from '@chartward/contract'
import { isUniqueViolation, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { createInvitation } from './create-invitation.ts'
import { insertUser } from './user-row.ts'

/**
 * Makes an account that its owner takes over by a single-use link. The link is shown to the
 * administrator, once, and the entry says so: until the owner has used it, whoever has seen it can.
 */
export const inviteUser = async ({
  ctx: { app, user, entry },
  input,
}: {
  readonly ctx: VerbContext<'user.invited'>
  readonly input: InviteUserInput
}): Promise<InviteUserOutput> => {
  const id: UserId = newId()
  entry.about({ type: 'user', id }, null)
  try {
    return await withTransaction(app.db, 'none', async (tx) => {
      await insertUser(tx, app, { id, ...input, status: 'invited', createdAt: app.clock() })
      const invitation = await createInvitation(tx, app, id, user.id)
      // Name and address stay out of the log: the account may be a patient's.
      await entry.changed(tx, {
        change: {
          before: null,
          after: {
            status: 'invited',
            invitation: invitation.id,
            expiresAt: invitation.expiresAt.toISOString(),
            linkShownTo: user.id,
          },
        },
        patientId: null,
        records: null,
      })
      return { id, invitationUrl: invitation.url, expiresAt: invitation.expiresAt.toISOString() }
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
