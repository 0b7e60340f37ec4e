import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { openAccount } from '../../sessions/own-account.ts'
import { isForPatientAccount } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { createInvitation, handOver } from '../users/create-invitation.ts'
import { insertAccountUser, lockRequested } from './rows.ts'

const { patientAccounts } = schema

/**
 * That a patient has an account of their own. The second person has made sure for themselves who the patient
 * is: whoever holds the account reads the whole record.
 */
export const patientAccountApproval = defineApprovalKind({
  subject: isForPatientAccount,
  request: 'account:patient:request',
  decide: 'account:patient:decide',
  // About nobody's account that is there already.
  enrolledOnly: false,
  patientOf: async (tx, app, { approval }) => (await lockRequested(tx, app, approval.subjectId)).patientId,
  payload: z.strictObject({}),

  describe: () => ({ line: 'An account for a patient', endsAt: null, role: null, gives: [] }),

  mark: async (tx, app, { approval: { subjectId, decidedBy } }, status) => {
    const now = app.clock()
    const row = await lockRequested(tx, app, subjectId)
    if (row.state !== 'requested') throw new ChartwardError('CONFLICT')
    const change =
      status === 'approved'
        ? ({ state: 'open', openedAt: now } as const)
        : ({ state: 'ended', endedAt: now, endedBy: decidedBy } as const)
    await app.vouching.change(tx, 'patient-account', eq(patientAccounts.id, subjectId), change)
  },

  carryOut: async (tx, app, by, { approval: { subjectId, decidedBy } }) => {
    const row = await lockRequested(tx, app, subjectId)
    const owner = await openAccount(app, row)
    if (owner === null) throw new ChartwardError('INTEGRITY')
    await insertAccountUser(tx, app, owner, 'invited')
    // Without mail the link is made by whoever hands it over, and shown to them alone.
    const invitation =
      app.settings.smtp === null ? null : await createInvitation(tx, app, owner.userId, decidedBy)
    if (invitation !== null) await handOver(tx, app, owner.userId, invitation)
    await app.audit.append(tx, {
      ...by,
      action: 'patient-account.opened',
      outcome: 'success',
      resource: { type: 'PatientAccount', id: subjectId },
      patientId: row.patientId,
      change: {
        before: null,
        after: { user: owner.userId, status: 'invited', invitation: invitation?.id ?? null },
      },
    })
  },

  turnDown: async () => undefined,
})
