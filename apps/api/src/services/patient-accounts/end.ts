import type { EndPatientAccountInput, EndPatientAccountOutput } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { forgetDevices } from '../../sessions/device.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { revokeLinks } from '../auth/account-link.ts'
import { revokeInvitations } from '../users/create-invitation.ts'
import { findPatientAccount, lockAccountUser, type PatientAccount } from './rows.ts'

const { patientAccounts, users } = schema

const NONE = 'This patient has no account that could be ended.'

/**
 * Closes an account, in the caller's transaction, which holds no account locked yet: its sessions end, its
 * links are withdrawn, no password opens it, and it is nobody's any more. An entry has to follow.
 */
export const closePatientAccount = async (
  tx: Transaction,
  app: App,
  { row, owner: { userId } }: PatientAccount,
  by: UserId,
): Promise<{ readonly sessions: number }> => {
  const now = app.clock()
  const ended = { state: 'ended', endedAt: now, endedBy: by } as const
  await app.vouching.change(tx, 'patient-account', eq(patientAccounts.id, row.id), ended)
  // The address is free again: what stands for it goes with the account.
  const gone = { status: 'deactivated', deactivatedAt: now, addressKey: `patient/${userId}` } as const
  await app.vouching.change(tx, 'user', eq(users.id, userId), gone)
  await revokeInvitations(tx, app, userId)
  await revokeLinks(tx, app, userId)
  await forgetDevices(tx, app, userId, 'closed')
  const sessions = await endSessionsOf(tx, app, userId, { reason: 'deactivated', by })
  return { sessions: sessions.length }
}

/** Ends a patient's account at once. The patient can have another, by two people again. */
export const endPatientAccount = async ({
  ctx: { app, user, entry },
  input: { patientId, reason },
}: {
  readonly ctx: VerbContext<'patient-account.ended'>
  readonly input: EndPatientAccountInput
}): Promise<EndPatientAccountOutput> =>
  withTransaction(app.db, [patientId], async (tx) => {
    const found = await findPatientAccount(tx, app, patientId)
    if (found?.row.state !== 'open') throw new ChartwardError('CONFLICT', NONE)
    const { status } = await lockAccountUser(tx, app, found.owner.userId)
    if (status === 'deactivated') throw new ChartwardError('CONFLICT', NONE)
    const { sessions } = await closePatientAccount(tx, app, found, user.id)
    await entry.changed(tx, {
      resource: { type: 'PatientAccount', id: found.row.id },
      change: { before: { state: 'open', status }, after: { state: 'ended', sessions } },
      patientId,
      records: null,
      note: reason,
    })
    return {}
  })
