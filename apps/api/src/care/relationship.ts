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
  readonly kind: 'encounter' | 'appointment' | 'referral' | 'care-team' | 'cover'
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** One that was in force, with what made it so. */
export interface RelationshipTold extends Relationship {
  /** Told by records of a trusted source, or set by somebody. */
  readonly origin: 'records' | 'by-hand'
  readonly givenBy: UserId | null
}

/** A patient in somebody's care. */
export interface InCare extends Relationship {
  /**
   * When the user last had to do with the patient, as far as relationships tell it: the day of their last
   * encounter or appointment, now while one goes on, else when the relationship began.
   */
  readonly lastContact: Date
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
const USERS = `select ${sealedColumns('user')
  .map(({ name, column }) => `${column} as "${name}"`)
  .join(', ')} from users where id = any($1::uuid[])`
/** When a relationship ends: an imported one a set number of days ($1) after its last encounter. */
const END =
  'case when r.practitioner_id is null then r.ends_at else r.ends_at + make_interval(days => $1) end'

/**
 * The care relationships in force of the users (and patients) that `asked` names, with $1 the days that an
 * encounter counts for and $2 the time: set by hand for the user, or those of the practitioner whom the user
 * is linked to. An imported one counts only from a trusted source, and for a set number of days after its
 * last encounter. The one that lasts longest comes first.
 */
const inForce = (asked: string, ofPatient: string): string => `
  select * from (
    select asked.user_id as asked_user, ${COLUMNS}, ${END} as counts_until
    from ${asked}
    join users u on u.id = asked.user_id
    join care_relationships r on ${ofPatient} (r.user_id = u.id or r.practitioner_id = u.practitioner_id)
  ) c
  where trusted and "startsAt" <= $2 and (counts_until is null or counts_until > $2)
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

/** What looking at relationships at a moment needs: for how many days an encounter counts, and the moment. */
interface At {
  readonly days: number
  readonly now: Date
}

const keyOf = ({ userId, patientId }: Pair): string => `${userId}/${patientId}`

const rowsOfPairs = async (
  { sql }: Pick<Connection, 'sql'>,
  { days, now }: At,
  pairs: readonly Pair[],
): Promise<Map<string, Row[]>> => {
  const users = pairs.map(({ userId }) => userId)
  const patients = pairs.map(({ patientId }) => patientId)
  const given = [days, now.toISOString(), users, patients]
  const rows = await sql.unsafe<Row[]>(OF_PAIRS, given, { prepare: true })
  return Map.groupBy(rows, (row) => keyOf({ userId: row.asked_user, patientId: row.patientId }))
}

/** Those of the users whose rows count: which practitioner one is linked to is said there. */
const vouchedUsers = async (
  { sql }: Pick<Connection, 'sql'>,
  vouching: Vouching,
  ids: ReadonlySet<UserId>,
): Promise<Set<UserId>> => {
  const rows = await sql.unsafe<(SealedRow<'user'> & { readonly id: UserId })[]>(USERS, [[...ids]], {
    prepare: true,
  })
  const vouched = new Set<UserId>()
  for (const row of rows) if (await vouching.admits('user', row)) vouched.add(row.id)
  return vouched
}

/**
 * Whether each of these users has care of their own of the patient: any that counts but what a colleague gave
 * them. What one has from a colleague can't be handed on, so that no two keep each other's alive.
 */
export const haveOwnCare = async (
  connection: Pick<Connection, 'sql'>,
  vouching: Vouching,
  at: At,
  pairs: readonly Pair[],
): Promise<boolean[]> => {
  if (pairs.length === 0) return []
  const [rows, linked] = await Promise.all([
    rowsOfPairs(connection, at, pairs),
    vouchedUsers(connection, vouching, new Set(pairs.map(({ userId }) => userId))),
  ])
  return Promise.all(
    pairs.map(async (pair) => {
      if (!linked.has(pair.userId)) return false
      for (const row of rows.get(keyOf(pair)) ?? [])
        if (!row.underGiver && (await vouching.admits('care-relationship', row))) return true
      return false
    }),
  )
}

/**
 * Of rows in force those that count: what a clinician gave a colleague only while the giver has care of their
 * own, and nothing that is not vouched for.
 */
const counting = async (
  connection: Pick<Connection, 'sql'>,
  vouching: Vouching,
  at: At,
  rows: readonly Row[],
): Promise<Row[]> => {
  const counted: Row[] = []
  for (const row of rows) if (await vouching.admits('care-relationship', row)) counted.push(row)
  const given = counted.flatMap(({ underGiver, createdBy, patientId }) =>
    underGiver && createdBy !== null ? [{ userId: createdBy, patientId }] : [],
  )
  if (given.length === 0) return counted.filter(({ underGiver }) => !underGiver)
  const own = await haveOwnCare(connection, vouching, at, given)
  const givers = new Set(given.filter((_, i) => own[i]).map(keyOf))
  return counted.filter(
    ({ underGiver, createdBy, patientId }) =>
      !underGiver || (createdBy !== null && givers.has(keyOf({ userId: createdBy, patientId }))),
  )
}

/**
 * The care relationship of each of these users with a patient as of a moment, or null, in the order of the
 * pairs: of several the one that lasts longest.
 */
export const relationshipsAt = async (
  connection: Pick<Connection, 'sql'>,
  vouching: Vouching,
  at: At,
  pairs: readonly Pair[],
): Promise<(RelationshipTold | null)[]> => {
  if (pairs.length === 0) return []
  const rows = await rowsOfPairs(connection, at, pairs)
  return Promise.all(
    pairs.map(async (pair) => {
      const [longest] = await counting(connection, vouching, at, rows.get(keyOf(pair)) ?? [])
      if (longest === undefined) return null
      const { practitionerId, createdBy } = longest
      const origin = practitionerId === null ? 'by-hand' : 'records'
      return { ...toRelationship(longest), origin, givenBy: createdBy }
    }),
  )
}

/**
 * The care relationship of a user with a patient in force, or null: those of many requests in one statement.
 */
export const readRelationships = (
  db: Database,
  vouching: Vouching,
  days: number,
  clock: () => Date,
): SharedRead<Pair, Relationship | null> =>
  new SharedRead<Pair, Relationship | null>((pairs) =>
    relationshipsAt(db, vouching, { days, now: clock() }, pairs),
  )

/**
 * Of an encounter or an appointment the last moment before its end, which is that of a day, and now while it
 * goes on; a referral and a place in a care team are no contact, and tell no more than when they began.
 */
const lastContactOf = ({ practitionerId, kind, startsAt, endsAt }: Row, now: Date): number => {
  const isMeeting = practitionerId !== null && (kind === 'encounter' || kind === 'appointment')
  if (!isMeeting) return new Date(startsAt).getTime()
  return Math.min(now.getTime(), endsAt === null ? now.getTime() : new Date(endsAt).getTime() - 1)
}

/**
 * Every patient in the user's care at `now`, with the relationship that lasts longest and the last contact of
 * all of them, in order of patient id.
 */
export const patientsInCareOf = async (
  { db, settings, vouching }: CareParts,
  userId: UserId,
  now: Date,
): Promise<InCare[]> => {
  const days = settings.careRelationshipDays
  const rows = await db.sql.unsafe<Row[]>(OF_USER, [days, now.toISOString(), userId], { prepare: true })
  const inCare = new Map<PatientId, InCare>()
  for (const row of await counting(db, vouching, { days, now }, rows)) {
    const known = inCare.get(row.patientId)
    const lastContact = new Date(
      Math.max(known?.lastContact.getTime() ?? Number.NEGATIVE_INFINITY, lastContactOf(row, now)),
    )
    inCare.set(row.patientId, { ...(known ?? toRelationship(row)), lastContact })
  }
  return [...inCare.values()].sort((a, b) => (a.patientId < b.patientId ? -1 : 1))
}
