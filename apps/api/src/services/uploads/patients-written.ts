import { type Connection, type Transaction, withTransaction } from '@chartward/db'
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

/** Those of them whose keys are there: of the others nothing can be taken back, nor told. */
export const livingPatientsOf = ({ db }: App, requestId: string): Promise<PatientId[]> =>
  withTransaction(db, 'all', async (tx) => livingOf(tx, await patientsOf(tx, requestId)))

/** The same in a transaction that sees all patients. */
const livingOf = async ({ sql }: Transaction, patientIds: readonly PatientId[]): Promise<PatientId[]> => {
  const rows = await sql<{ id: PatientId }[]>`
    select id from unnest(${[...patientIds]}::uuid[]) id where not patient_is_shredded(id) order by id`
  return rows.map(({ id }) => id)
}
