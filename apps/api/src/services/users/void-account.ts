import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { forgetDevices } from '../../sessions/device.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { revokeLinks } from '../auth/account-link.ts'
import { voidFactors } from '../auth/factors.ts'
import { voidRecoveryCodes } from '../auth/recovery-codes.ts'
import { endFactorResets } from '../auth/resets/reset-rows.ts'
import { allHeld, endAssignmentRow } from './assignment-row.ts'
import { revokeInvitations } from './create-invitation.ts'
import { updateUser } from './user-row.ts'
import { withdrawRequests } from './withdraw-requests.ts'

/**
 * Takes everything from an account that it had, with the entry of each role, and leaves it as one that was
 * invited and whose invitation is yet to be made: no session, password, factor or recovery code opens it, and
 * it holds no role. Whoever comes back enrols anew. The account is locked.
 */
export const voidAccount = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  voided: { readonly id: UserId; readonly endedBy: UserId | null; readonly reason: string },
): Promise<void> => {
  const { id, endedBy, reason } = voided
  for (const held of await allHeld(tx, app, id))
    await endAssignmentRow(tx, app, by, { held, endedBy, reason })
  await withdrawRequests(tx, app, { userId: id, reason })
  await revokeInvitations(tx, app, id)
  await revokeLinks(tx, app, id)
  await endSessionsOf(tx, app, id, { reason: 'ended-by-administrator', by: endedBy })
  await forgetDevices(tx, app, id, 'closed')
  await voidFactors(tx, app, id)
  await endFactorResets(tx, app, id, endedBy)
  await voidRecoveryCodes(tx, app, id)
  await updateUser(tx, app, id, { status: 'invited', deactivatedAt: null })
}
