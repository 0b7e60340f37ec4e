import type { App } from '../../core/app.ts'

/** A care relationship as decide() needs it. */
export interface Relationship {
  readonly id: string
  readonly patientId: string
  readonly kind: 'encounter' | 'appointment' | 'referral' | 'care-team'
  readonly startsAt: Date
  readonly endsAt: Date | null
}

interface Row {
  readonly id: string
  readonly patient_id: string
  readonly kind: Relationship['kind']
  readonly starts_at: string
  readonly ends_at: string | null
}

const toRelationship = (row: Row): Relationship => ({
  id: row.id,
  patientId: row.patient_id,
  kind: row.kind,
  startsAt: new Date(row.starts_at),
  endsAt: row.ends_at === null ? null : new Date(row.ends_at),
})

/**
 * The care relationships of a user that are in force at `now`, with one patient or (null) with all: set by hand for the user,
 * or those of the practitioner whom the user is linked to. An imported one counts only from a trusted source, and for a set
 * number of days after its last encounter. The one that lasts longest comes first.
 */
const relationshipsInForce = async (
  { db, settings }: App,
  userId: string,
  patientId: string | null,
  now: Date,
): Promise<Relationship[]> => {
  // Two statements rather than one with `is null or`: that one could not go by the primary key without being planned anew each time.
  const ofPatient = patientId === null ? db.sql`` : db.sql`patient_id = ${patientId} and`
  const rows = await db.sql<Row[]>`
    select id, patient_id, kind, starts_at, ends_at
    from (
      select id, patient_id, kind, starts_at, trusted, case when practitioner_id is null then ends_at
        else ends_at + make_interval(days => ${settings.careRelationshipDays}) end as ends_at
      from care_relationships
      where ${ofPatient} (user_id = ${userId} or practitioner_id = (select practitioner_id from users where id = ${userId}))
    ) c
    where trusted and starts_at <= ${now.toISOString()} and (ends_at is null or ends_at > ${now.toISOString()})
    order by ends_at desc nulls first`
  return rows.map(toRelationship)
}

/** The care relationship of a user with a patient in force at `now`, or null. */
export const relationshipWith = async (
  app: App,
  userId: string,
  patientId: string,
  now: Date,
): Promise<Relationship | null> => (await relationshipsInForce(app, userId, patientId, now))[0] ?? null

/** Every patient in the user's care at `now`, with the relationship that lasts longest, in order of patient id. */
export const patientsInCareOf = async (app: App, userId: string, now: Date): Promise<Relationship[]> => {
  const longest = new Map<string, Relationship>()
  for (const relationship of await relationshipsInForce(app, userId, null, now)) {
    if (!longest.has(relationship.patientId)) longest.set(relationship.patientId, relationship)
  }
  return [...longest.values()].sort((a, b) => (a.patientId < b.patientId ? -1 : 1))
}
