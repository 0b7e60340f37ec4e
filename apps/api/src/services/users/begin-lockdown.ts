import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { requestApproval } from '../approvals/approval.ts'
import { BINDS } from '../approvals/bound.ts'
import { privilegedHeld } from './assignment-row.ts'
import { lockUser } from './lock-user.ts'
import { isLastOther } from './require-floors.ts'

/** What a lockdown has come to, before its entry: done at once, or waiting for a second person. */
export interface BegunLockdown {
  readonly outcome: 'locked-down' | 'pending-approval'
  readonly approvalId: string
  readonly status: 'active' | 'invited'
}

/**
 * Asks for somebody's lockdown, in the caller's transaction, which acts one at a time. Where it would leave
 * nobody else in an office that an installation can't be without, it waits for a second person. Throws
 * CONFLICT for an account that is closed already.
 */
export const beginLockdown = async (
  tx: Transaction,
  app: App,
  {
    userId,
    requestedBy,
    reason,
    act,
  }: {
    readonly userId: UserId
    readonly requestedBy: UserId
    readonly reason: string
    /** The act of many that it is one of. */
    readonly act?: string
  },
): Promise<BegunLockdown> => {
  const { status } = await lockUser(tx, app, userId)
  if (status !== 'active' && status !== 'invited')
    throw new ChartwardError('CONFLICT', 'This account is closed already: nobody signs in with it.')
  const waits = await isLastOther(tx, app, { subject: userId, actor: requestedBy })
  const isPrivileged = (await privilegedHeld(tx, app, userId)).length > 0
  const { id: approvalId } = await requestApproval(tx, app, {
    kind: 'lockdown',
    subjectId: userId,
    payload: {
      ...(waits ? { before: null, binds: null } : { before: status, binds: isPrivileged ? BINDS : null }),
      ...(act === undefined ? {} : { act }),
    },
    requestedBy,
    reason,
    ...(waits ? {} : { lasts: true }),
  })
  return { outcome: waits ? 'pending-approval' : 'locked-down', approvalId, status }
}
