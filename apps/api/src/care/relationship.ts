import type { Connection, Database } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { SharedRead } from '../core/shared-read.ts'
import { type SealedRow, sealedColumns } from '../vouch/kinds.ts'
import type { Vouching } from '../vouch/vouching.ts'

/** What looking at care relationships needs of the application. */
export interface CareParts {
  readonly db: Pick<Database, 'sql'>
  readonly vouching: Vouching
  readonly settings: { readonly careRelationshipDays: number }
}

/** A care relationship as decide() needs it. */
export interface Relationship {
  readonly id: string
  readonly patientId: PatientId
  readonly kind: 'encounter' | 'appointment' | 'referral' | 'care-team'
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** A row as it is sealed, with whom it was asked for and until when it counts. */
type Row = SealedRow<'care-relationship'> & {
  readonly id: string
  readonly asked_user: UserId
  readonly counts_until: string | null
}

const toRelationship = (row: Row): Relationship => ({
  id: row.id,
  patientId: row.patientId,
  kind: row.kind,
  startsAt: new Date(row.startsAt),
  endsAt: row.counts_until === null ? null : new Date(row.counts_until),
})

const SEALED = sealedColumns('care-relationship')
const COLUMNS = SEALED.map(({ name, column }) => `r.${column} as "${name}"`).join(', ')
/** When a relationship ends: an imported one a set number of days ($1) after its last encounter. */
const END = (r: string): string =>
  `case when ${r}.practitioner_id is null then ${r}.ends_at else ${r}.ends_at + make_interval(days => $1) end`

/**
 * Whether a user has care of their own of a patient at $2: any that counts but what a colleague gave them.
 * What one has from a colleague can't be handed on, so that no two keep each other's alive.
 */
const hasOwnCare = (userId: string, patientId: string): string => `exists (
  select from users g
  join care_relationships o on o.patient_id = ${patientId} and (o.user_id = g.id or o.practitioner_id = g.practitioner_id)
  where g.id = ${userId} and o.trusted and not o.under_giver and o.starts_at <= $2
    and (o.ends_at is null or ${END('o')} > $2))`

/**
 * The care relationships in force of the users (and patients) that `asked` names, with $1 the days that an
 * encounter counts for and $2 the time: set by hand for the user, or those of the practitioner whom the user
 * is linked to. An imported one counts only from a trusted source, and for a set number of days after its
 * last encounter; one that a clinician gave a colleague only while the giver has care of their own. The one
 * that lasts longest comes first.
 */
const inForce = (asked: string, ofPatient: string): string => `
  select * from (
    select asked.user_id as asked_user, ${COLUMNS}, ${END('r')} as counts_until
    from ${asked}
    join users u on u.id = asked.user_id
    join care_relationships r on ${ofPatient} (r.user_id = u.id or r.practitioner_id = u.practitioner_id)
  ) c
  where trusted and "startsAt" <= $2 and (counts_until is null or counts_until > $2)
    and (not "underGiver" or ${hasOwnCare('c."createdBy"', 'c."patientId"')})
  order by counts_until desc nulls first`

// Two texts rather than one with `is null or`: that one could not go by the primary key without being planned
// anew each time.
const OF_PAIRS = inForce(
  'unnest($3::uuid[], $4::uuid[]) as asked (user_id, patient_id)',
  'r.patient_id = asked.patient_id and',
)
const OF_USER = inForce('(select $3::uuid as user_id) as asked', '')

/** Whose relationship with whom. */
interface Pair {
  readonly userId: UserId
  readonly patientId: PatientId
}

/**
 * The care relationship of a user with a patient in force, or null: those of many requests in one statement.
 */
export const readRelationships = (
  { sql }: Database,
  vouching: Vouching,
  days: number,
  clock: () => Date,
): SharedRead<Pair, Relationship | null> =>
  new SharedRead(async (pairs) => {
    const users = pairs.map(({ userId }) => userId)
    const patients = pairs.map(({ patientId }) => patientId)
    const rows = await sql.unsafe<Row[]>(OF_PAIRS, [days, clock().toISOString(), users, patients], {
      prepare: true,
    })
    const found = Map.groupBy(rows, (row) => `${row.asked_user}/${row.patientId}`)
    return Promise.all(
      pairs.map(async ({ userId, patientId }) => {
        for (const row of found.get(`${userId}/${patientId}`) ?? []) {
          if (await vouching.admits('care-relationship', row)) return toRelationship(row)
        }
        return null
      }),
    )
  })

/**
 * Whether each of these users has care of their own of the patient, which they can share with a colleague.
 */
export const haveOwnCare = async (
  { sql }: Pick<Connection, 'sql'>,
  { days, now }: { readonly days: number; readonly now: Date },
  pairs: readonly Pair[],
): Promise<boolean[]> => {
  if (pairs.length === 0) return []
  const rows = await sql.unsafe<{ own: boolean }[]>(
    `select ${hasOwnCare('asked.user_id', 'asked.patient_id')} as own
     from unnest($3::uuid[], $4::uuid[]) with ordinality as asked (user_id, patient_id, position) order by position`,
    [days, now.toISOString(), pairs.map(({ userId }) => userId), pairs.map(({ patientId }) => patientId)],
  )
  return rows.map(({ own }) => own)
}

/**
 * Every patient in the user's care at `now`, with the relationship that lasts longest, in order
 * of patient id.
 */
export const patientsInCareOf = async (
  { db, settings, vouching }: CareParts,
  userId: UserId,
  now: Date,
): Promise<Relationship[]> => {
  const longest = new Map<PatientId, Relationship>()
  const rows = await db.sql.unsafe<Row[]>(
    OF_USER,
    [settings.careRelationshipDays, now.toISOString(), userId],
    { prepare: true },
  )
  for (const row of rows) {
    if (longest.has(row.patientId)) continue
    if (await vouching.admits('care-relationship', row)) longest.set(row.patientId, toRelationship(row))
  }
  return [...longest.values()].sort((a, b) => (a.patientId < b.patientId ? -1 : 1))
}
