import type { Need } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { and, desc, eq, gt, inArray, ne } from 'drizzle-orm'
import { isForPatientAccount } from '../approvals/approval.ts'
import { isBound } from '../approvals/bound.ts'
import { personOf, userNames } from '../users/names.ts'
import { type Feed, MOST } from './room.ts'

const { approvals, patientAccounts } = schema

/**
 * Accounts of patients that wait for a second person: everybody's but the reader's own, and none
 * while a lockdown of theirs binds them. Of whom they are, the patient's page says.
 */
export const patientAccountDecisions: Feed = {
  permissions: ['account:patient:read', 'account:patient:decide'],
  needs: async ({ app, user }) => {
    if (await isBound(app, user.id)) return []
    const rows = await app.db.orm
      .select()
      .from(approvals)
      .where(
        and(
          eq(approvals.kind, 'patient-account'),
          eq(approvals.status, 'pending'),
          gt(approvals.expiresAt, app.clock()),
          ne(approvals.requestedBy, user.id),
        ),
      )
      .orderBy(desc(approvals.id))
      .limit(MOST)
    if (rows.length === 0) return []
    const wanted = await withTransaction(app.db, 'all', (tx) =>
      tx.orm
        .select({ id: patientAccounts.id, patientId: patientAccounts.patientId })
        .from(patientAccounts)
        .where(
          inArray(
            patientAccounts.id,
            rows.filter(isForPatientAccount).map(({ subjectId }) => subjectId),
          ),
        ),
    )
    const patients = new Map<string, string>(wanted.map(({ id, patientId }) => [id, patientId]))
    const names = await userNames(
      app.db,
      rows.map(({ requestedBy }) => requestedBy),
    )
    return rows.flatMap((row): Need[] => {
      const patientId = patients.get(row.subjectId)
      if (patientId === undefined) return []
      return [
        {
          kind: 'patient-account',
          room: 'patients',
          id: patientId,
          what: null,
          whom: null,
          by: personOf(names, row.requestedBy),
          since: row.createdAt.toISOString(),
          due: row.expiresAt.toISOString(),
        },
      ]
    })
  },
}
