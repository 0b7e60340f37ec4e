import { schema, type Transaction } from '@chartward/db'
import type { Id, PatientId } from '@chartward/policy'
import { desc, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'

const { legalHolds } = schema

/** Where the sealed reason of a hold opens. */
export const holdReasonOf = ({ id }: { readonly id: Id<'legal-hold'> }) =>
  ({ table: 'legal_holds', column: 'reason', rowId: id }) as const

/**
 * All legal holds of a patient, the newest first. Rejects INTEGRITY where one does not count, or is missing:
 * a hold that was taken out of the database is none that was lifted.
 */
export const holdsOf = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  patientId: PatientId,
): Promise<RowOf<'legal-hold'>[]> => {
  const rows = await tx.orm
    .select()
    .from(legalHolds)
    .where(eq(legalHolds.patientId, patientId))
    .orderBy(desc(legalHolds.id))
  if (!(await vouching.admitsAll('legal-hold', patientId, rows))) throw new ChartwardError('INTEGRITY')
  return rows
}

/** Throws CONFLICT while a legal hold of the patient stands. */
export const requireNoHold = async (tx: Transaction, app: App, patientId: PatientId): Promise<void> => {
  const holds = await holdsOf(tx, app, patientId)
  if (holds.every(({ liftedAt }) => liftedAt !== null)) return
  throw new ChartwardError(
    'CONFLICT',
    'A legal hold stands: nothing of this patient is destroyed before two people have lifted it.',
  )
}
