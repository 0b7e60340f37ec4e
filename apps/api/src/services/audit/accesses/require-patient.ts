import { withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'

/** Throws NOT_FOUND where there is no such patient: "nobody saw them" would be an answer about somebody. */
export const requirePatient = async ({ db }: Pick<App, 'db'>, patientId: PatientId): Promise<void> => {
  const [found] = await withTransaction(
    db,
    [patientId],
    ({ sql }) => sql`select id from patients where id = ${patientId}`,
  )
  if (found === undefined) throw new ChartwardError('NOT_FOUND')
}
