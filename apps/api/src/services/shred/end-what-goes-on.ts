import { schema, type Transaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { settleApproval } from '../approvals/approval.ts'
import { digestOf } from '../import/care-list.ts'
import { closePatientAccount } from '../patient-accounts/end.ts'
import { findPatientAccount, lockAccountUser } from '../patient-accounts/rows.ts'

const { approvals, careLists, exportRequests, patientAccounts } = schema

/**
 * Ends the account by which the patient reads their own record, and what is asked for of one, while the keys
 * that say whose it is are still there. Gives whether there was one. An entry has to follow.
 */
export const endAccount = async (
  tx: Transaction,
  app: App,
  patientId: PatientId,
  by: UserId,
): Promise<boolean> => {
  const found = await findPatientAccount(tx, app, patientId)
  if (found === null) return false
  const { row } = found
  if (row.state === 'open') {
    await lockAccountUser(tx, app, found.owner.userId)
    await closePatientAccount(tx, app, found, by)
    return true
  }
  const ended = { state: 'ended', endedAt: app.clock(), endedBy: by } as const
  await app.vouching.change(tx, 'patient-account', eq(patientAccounts.id, row.id), ended)
  const asked = await tx.orm
    .select({ id: approvals.id })
    .from(approvals)
    .where(
      and(
        eq(approvals.kind, 'patient-account'),
        eq(approvals.subjectId, row.id),
        eq(approvals.status, 'pending'),
      ),
    )
  for (const { id } of asked)
    await settleApproval(tx, app, { id, status: 'expired', decidedBy: null, reason: null })
  return true
}

const NOTHING = Buffer.alloc(0)

/** Empties the sealed list of whom the records name as taking part in the patient's care. */
export const emptyCareList = async (tx: Transaction, app: App, patientId: PatientId): Promise<void> => {
  const emptied = { content: NOTHING, digest: digestOf(NOTHING), standing: 'none', narrowed: true } as const
  await app.vouching.change(tx, 'care-list', eq(careLists.patientId, patientId), emptied)
}

/**
 * Deletes the files of releases, de-identified as they are, and ends the time in which they can be had. Each
 * says so in an entry. Whoever needs one requests it anew, without the patient.
 */
export const withdrawReleases = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  ids: readonly string[],
): Promise<void> => {
  for (const id of ids) {
    const [before] = await tx.orm
      .select({ expiresAt: exportRequests.expiresAt })
      .from(exportRequests)
      .where(eq(exportRequests.id, id))
    const { count } = await tx.sql`delete from release_chunks where export_id = ${id}`
    await app.vouching.change(tx, 'export-request', eq(exportRequests.id, id), { expiresAt: app.clock() })
    await app.audit.append(tx, {
      ...by,
      action: 'export.expired',
      outcome: 'success',
      resource: { type: 'ExportRequest', id },
      patientId: null,
      change: {
        before: { pieces: count, expiresAt: before?.expiresAt?.toISOString() ?? null },
        after: null,
      },
      facts: { because: 'shred' },
    })
  }
}
