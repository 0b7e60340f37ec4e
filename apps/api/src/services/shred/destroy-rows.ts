import type { Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'

/** Nobody else finishes a release, or destroys, while somebody holds this lock alone. */
const RELEASES = 7_291_705_003

/** What a patient's keys took with them: ids of keys, and numbers of rows. */
export interface DestroyedRows {
  readonly keys: readonly string[]
  readonly deleted: Readonly<Record<(typeof DELETED)[number], number>>
}

/** What is deleted of a patient, by table: everything that a patient, claim or record is found by. */
const DELETED = ['search_tokens', 'claim_tokens', 'care_tokens', 'source_ids', 'chart_segments'] as const

/**
 * Takes the patient for this transaction alone: whoever writes for the patient shares this lock (a trigger),
 * so that all who were first have committed by now, and all who come later find the keys gone.
 */
export const lockPatient = async ({ sql }: Transaction, patientId: PatientId): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shred ${patientId}`}, 0))`
  await sql`select pg_advisory_xact_lock(${RELEASES})`
}

/**
 * Lets nobody destroy until the transaction ends, and gives those of the patients who have been destroyed by
 * now: for whoever has read many, and is about to keep what they read.
 */
export const destroyedMeanwhile = async (
  { sql }: Transaction,
  patientIds: readonly PatientId[],
): Promise<PatientId[]> => {
  await sql`select pg_advisory_xact_lock_shared(${RELEASES})`
  const rows = await sql<{ id: PatientId }[]>`
    select id from unnest(${[...patientIds]}::uuid[]) id where patient_is_shredded(id)`
  return rows.map(({ id }) => id)
}

/**
 * Destroys every version of a patient's key, so that nothing sealed under it opens any more, and deletes what
 * the patient is found and known again by. In the caller's transaction, which holds the patient's lock. Done
 * again it changes nothing.
 */
export const destroyRows = async ({ sql }: Transaction, patientId: PatientId): Promise<DestroyedRows> => {
  // The one in force first, then those before it: the database lets no key go while another is in force.
  for (const states of [
    ['pending', 'primary'],
    ['decrypt-only', 'disabled'],
  ])
    await sql`
      update patient_keys set state = 'destroyed', wrapped = ''
      where patient_id = ${patientId} and state = any(${states}::text[])`
  const keys = await sql<{ id: string }[]>`
    select id from patient_keys where patient_id = ${patientId} order by id`
  const deleted: [(typeof DELETED)[number], number][] = []
  for (const table of DELETED) {
    const { count } = await sql`delete from ${sql(table)} where patient_id = ${patientId}`
    deleted.push([table, count])
  }
  return {
    keys: keys.map(({ id }) => id),
    deleted: Object.fromEntries(deleted) as DestroyedRows['deleted'],
  }
}

/** The releases that are kept and were built from the patient's records too, as the log says. */
export const releasesOf = async ({ sql }: Transaction, patientId: PatientId): Promise<string[]> => {
  const rows = await sql<{ id: string }[]>`
    select distinct c.export_id as id from release_chunks c
    where c.export_id::text in (
      select e.resource_id from audit_entries e
      where e.action = 'export.patients-read' and e.outcome = 'success' and (
        e.patient_id = ${patientId}
        or e.id in (select entry_id from audit_entry_patients where patient_id = ${patientId})))
    order by 1`
  return rows.map(({ id }) => id)
}
