import type { Connection } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'

/** Of how many patients the imports of these requests have written something: counts, and nobody's id. */
export const patientsByRequest = async (
  { db }: App,
  requests: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db.sql<{ request_id: string; n: number }[]>`
    select request_id, count(distinct patient_id)::int as n from audit_entries
    where request_id = any(${[...requests]}::uuid[]) and action = 'record.imported' and outcome = 'success'
    group by request_id`
  return new Map(rows.map(({ request_id, n }) => [request_id, n]))
}

/** The patients of whom the import of a request has written something. */
export const patientsOf = async (
  { sql }: Pick<Connection, 'sql'>,
  requestId: string,
): Promise<PatientId[]> => {
  const rows = await sql<{ patient_id: PatientId }[]>`
    select distinct patient_id from audit_entries
    where request_id = ${requestId} and action = 'record.imported' and outcome = 'success' and patient_id is not null
    order by patient_id`
  return rows.map(({ patient_id }) => patient_id)
}
