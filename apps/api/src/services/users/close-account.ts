import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { forgetDevices } from '../../sessions/device.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { revokeLinks } from '../auth/account-link.ts'
import { endFactorResets } from '../auth/resets/reset-rows.ts'
import { endGrants, ofUser } from '../break-glass/end-grants.ts'
import { revokeInvitations } from './create-invitation.ts'
import { lockUser } from './lock-user.ts'
import { requireFloors } from './require-floors.ts'
import { updateUser } from './user-row.ts'

/**
 * Closes an account, with its entry, in the caller's transaction: its sessions end, its invitations are
 * withdrawn, and no password opens it. The row stays, because the audit log names it. Throws CONFLICT where
 * it is closed already, or too few would be left.
 */
export const closeAccount = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  closing: { readonly id: UserId; readonly endedBy: UserId; readonly reason: string },
): Promise<void> => {
  const { id, endedBy, reason } = closing
  await requireFloors(tx, app, ({ userId }) => userId === id)
  const { status } = await lockUser(tx, app, id)
  if (status === 'deactivated') throw new ChartwardError('CONFLICT', 'This user is deactivated already.')
  await updateUser(tx, app, id, { status: 'deactivated', deactivatedAt: app.clock() })
  await revokeInvitations(tx, app, id)
  await revokeLinks(tx, app, id)
  await endFactorResets(tx, app, id, endedBy)
  await forgetDevices(tx, app, id, 'closed')
  const ended = await endSessionsOf(tx, app, id, { reason: 'deactivated', by: endedBy })
  await app.audit.append(tx, {
    ...by,
    action: 'user.deactivated',
    outcome: 'success',
    resource: { type: 'user', id },
    change: { before: { status }, after: { status: 'deactivated' } },
    count: ended.length,
    note: reason,
  })
  await endGrants(tx, app, by, ofUser(id), { endReason: 'deactivated', endedBy })
}
