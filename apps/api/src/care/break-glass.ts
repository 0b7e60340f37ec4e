import type { Database } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { SharedRead } from '../core/shared-read.ts'
import { type SealedRow, sealedColumns } from '../vouch/kinds.ts'
import type { Vouching } from '../vouch/vouching.ts'

/** A use of break-glass that nobody has ended, as decide() needs it. */
export interface Grant {
  readonly id: string
  readonly patientId: PatientId
  readonly assignmentId: string
  readonly startsAt: Date
  readonly endsAt: Date
}

type Row = SealedRow<'break-glass'>

const COLUMNS = sealedColumns('break-glass')
  .map(({ name, column }) => `g.${column} as "${name}"`)
  .join(', ')

/** What was ended is over whatever the clock says. The one that lasts longest comes first. */
const OF_PAIRS = `
  select ${COLUMNS}
  from unnest($2::uuid[], $3::uuid[]) as asked (user_id, patient_id)
  join break_glass_grants g on g.user_id = asked.user_id and g.patient_id = asked.patient_id
    and g.ended_at is null and g.ends_at > $1
  order by g.ends_at desc`

const toGrant = ({ id, patientId, assignmentId, startsAt, endsAt }: Row): Grant => ({
  id,
  patientId,
  assignmentId,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
})

interface Pair {
  readonly userId: UserId
  readonly patientId: PatientId
}

const keyOf = ({ userId, patientId }: Pair): string => `${userId}/${patientId}`

const OF_PAIRS_AT = `
  select ${COLUMNS} from unnest($2::uuid[], $3::uuid[]) as asked (user_id, patient_id)
  join break_glass_grants g on g.user_id = asked.user_id and g.patient_id = asked.patient_id
    and g.starts_at <= $1 and g.ends_at > $1 and (g.ended_at is null or g.ended_at > $1)
  order by g.ends_at desc`

/** For each pair the first row that is vouched for, or null, in the order of the pairs. */
const grantsBy = async (
  statement: typeof OF_PAIRS | typeof OF_PAIRS_AT,
  { sql }: Pick<Database, 'sql'>,
  vouching: Vouching,
  { pairs, at }: { readonly pairs: readonly Pair[]; readonly at: Date },
): Promise<(Grant | null)[]> => {
  const users = pairs.map(({ userId }) => userId)
  const patients = pairs.map(({ patientId }) => patientId)
  const rows = await sql.unsafe<Row[]>(statement, [at.toISOString(), users, patients], { prepare: true })
  const byPair = Map.groupBy(rows, keyOf)
  return Promise.all(
    pairs.map(async (pair) => {
      for (const row of byPair.get(keyOf(pair)) ?? [])
        if (await vouching.admits('break-glass', row)) return toGrant(row)
      return null
    }),
  )
}

/**
 * The grant of a user for a patient that nobody has ended and whose time is not up, or null: those of many
 * requests in one statement. One that is not vouched for is none.
 */
export const readBreakGlass = (
  db: Database,
  vouching: Vouching,
  clock: () => Date,
): SharedRead<Pair, Grant | null> =>
  new SharedRead((pairs) => grantsBy(OF_PAIRS, db, vouching, { pairs, at: clock() }))

/** The grant of each of these users for a patient as of a moment that is past, or null. */
export const grantsAt = async (
  { db, vouching }: { readonly db: Pick<Database, 'sql'>; readonly vouching: Vouching },
  pairs: readonly Pair[],
  at: Date,
): Promise<(Grant | null)[]> => (pairs.length === 0 ? [] : grantsBy(OF_PAIRS_AT, db, vouching, { pairs, at }))
