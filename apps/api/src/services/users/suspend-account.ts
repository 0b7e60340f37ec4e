import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { forgetDevices } from '../../sessions/device.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { revokeLinks } from '../auth/account-link.ts'
import { endFactorResets } from '../auth/resets/reset-rows.ts'
import { endGrants, ofUser } from '../break-glass/end-grants.ts'
import { notify } from '../notices/notify.ts'
import { updateUser } from './user-row.ts'

/**
 * Suspends an account, with its entry, in the caller's transaction, which has locked it: its sessions end
 * and none begins, it is known on no device, and what glass it has broken is whole again. What it is and has
 * stays as it is, for when the lockdown is lifted.
 */
export const suspendAccount = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  suspended: {
    readonly id: UserId
    readonly status: string
    readonly endedBy: UserId
    readonly approvalId: string
  },
): Promise<void> => {
  const { id, status, endedBy, approvalId } = suspended
  await updateUser(tx, app, id, { status: 'suspended' })
  await revokeLinks(tx, app, id)
  await endFactorResets(tx, app, id, endedBy)
  await forgetDevices(tx, app, id, 'lockdown')
  const ended = await endSessionsOf(tx, app, id, { reason: 'lockdown', by: endedBy })
  await app.audit.append(tx, {
    ...by,
    action: 'user.lockdown.started',
    outcome: 'success',
    resource: { type: 'user', id },
    change: { before: { status }, after: { status: 'suspended', approval: approvalId } },
    count: ended.length,
  })
  await endGrants(tx, app, by, ofUser(id), { endReason: 'lockdown', endedBy })
  await notify(tx, app, id, { word: 'locked-down' })
}
