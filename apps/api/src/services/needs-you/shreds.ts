import type { Need } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { and, desc, eq, gt, inArray, ne } from 'drizzle-orm'
import { type Approval, isForHold, isForShred } from '../approvals/approval.ts'
import { isBound } from '../approvals/bound.ts'
import { personOf, userNames } from '../users/names.ts'
import { type Feed, MOST } from './room.ts'

const { approvals, legalHolds, shreds } = schema

/** Whose patients the requests are about. */
const patientsOf = async (
  tx: Transaction,
  rows: readonly Approval[],
): Promise<ReadonlyMap<string, PatientId>> => {
  const destroyed = rows.filter(isForShred).map(({ subjectId }) => subjectId)
  const held = rows.filter(isForHold).map(({ subjectId }) => subjectId)
  const found = await Promise.all([
    tx.orm
      .select({ id: shreds.id, patientId: shreds.patientId })
      .from(shreds)
      .where(inArray(shreds.id, destroyed)),
    tx.orm
      .select({ id: legalHolds.id, patientId: legalHolds.patientId })
      .from(legalHolds)
      .where(inArray(legalHolds.id, held)),
  ])
  return new Map(found.flat().map(({ id, patientId }) => [id, patientId]))
}

/**
 * Destructions and ends of legal holds that wait for a second person: everybody's but the reader's own, and
 * none while a lockdown of theirs binds them. Of whom they are, the patient's page says.
 */
export const shredDecisions: Feed = {
  permissions: ['vault:shred:read', 'vault:shred:decide', 'vault:hold:decide'],
  needs: async ({ app, user }) => {
    if (await isBound(app, user.id)) return []
    const rows = await app.db.orm
      .select()
      .from(approvals)
      .where(
        and(
          inArray(approvals.kind, ['shred', 'hold-lift']),
          eq(approvals.status, 'pending'),
          gt(approvals.expiresAt, app.clock()),
          ne(approvals.requestedBy, user.id),
        ),
      )
      .orderBy(desc(approvals.id))
      .limit(MOST)
    if (rows.length === 0) return []
    const patients = await withTransaction(app.db, 'all', (tx) => patientsOf(tx, rows))
    const names = await userNames(
      app.db,
      rows.map(({ requestedBy }) => requestedBy),
    )
    return rows.flatMap((row): Need[] => {
      const id = patients.get(row.subjectId)
      if (id === undefined) return []
      return [
        {
          kind: row.kind === 'shred' ? 'shred' : 'hold-lift',
          room: 'patients',
          id,
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
