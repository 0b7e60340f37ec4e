import type { RequestPatientAccountInput, RequestPatientAccountOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval, statusAt } from '../approvals/approval.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { requirePatient } from '../audit/accesses/require-patient.ts'
import { findPatientAccount, newAccountRow } from './rows.ts'

const { approvals, patientAccounts } = schema

/**
 * Asks for an account of a patient. Nothing can be signed in with before a second person has agreed, who has
 * made sure for themselves who the patient is. Throws CONFLICT where there is one, or where it is being asked
 * for already. Whether the address is another patient's is looked up where it is agreed to, or asking would
 * tell of an address whether it is a patient's.
 */
export const requestPatientAccount = async ({
  ctx: { app, user, entry },
  input: { patientId, displayName, email, reason },
}: {
  readonly ctx: VerbContext<'patient-account.requested'>
  readonly input: RequestPatientAccountInput
}): Promise<RequestPatientAccountOutput> => {
  await requirePatient(app, patientId)
  app.shredded.refuse(patientId)
  const { row } = await newAccountRow(app, patientId, { displayName, email })
  return withTransaction(app.db, [patientId], async (tx) => {
    // What stands is what the second of two finds.
    await oneAtATime(tx)
    const before = await findPatientAccount(tx, app, patientId)
    if (before?.row.state === 'open')
      throw new ChartwardError('CONFLICT', 'This patient has an account already.')
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'patient-account',
      subjectId: row.id,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    if (before !== null) {
      const [asked] = await tx.orm
        .select()
        .from(approvals)
        .where(and(eq(approvals.subjectId, before.row.id), eq(approvals.kind, 'patient-account')))
      if (asked !== undefined && statusAt(asked, app.clock()) === 'pending')
        throw new ChartwardError('CONFLICT', 'An account of this patient waits for a second person already.')
      const lapsed = { state: 'ended', endedAt: app.clock(), endedBy: null } as const
      await app.vouching.change(tx, 'patient-account', eq(patientAccounts.id, before.row.id), lapsed)
    }
    await app.vouching.insert(tx, 'patient-account', [{ ...row, state: 'requested', createdAt: app.clock() }])
    await entry.changed(tx, {
      resource: { type: 'PatientAccount', id: row.id },
      change: { before: null, after: { state: 'requested', approval: approvalId } },
      patientId,
      records: null,
      note: reason,
    })
    return { approvalId }
  })
}
