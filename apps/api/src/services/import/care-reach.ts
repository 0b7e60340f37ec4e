import { withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'

/** Why nobody has care of a patient, the nearest to somebody who could first. */
const UNREACHED = ['notLinked', 'over', 'unknown', 'untrusted', 'unnamed'] as const
type Unreached = (typeof UNREACHED)[number]

/** How many patients there are, and how many of them are in nobody's care, by the reason. */
export interface CareReach extends Readonly<Record<Unreached, number>> {
  readonly patients: number
}

const WORDS: Readonly<Record<Unreached, string>> = {
  notLinked: 'with a practitioner whom no user is linked to',
  over: 'whose care is over, cancelled or taken back',
  unknown: 'with a practitioner who is not in the directory of trusted files',
  untrusted: 'named by untrusted files alone',
  unnamed: 'whose records name no practitioner',
}

/**
 * Counts the patients whom no active user has care of at the moment, by hand or by an imported relationship.
 * Counts, and nothing of a patient. Who reads all patients by their role is not asked about.
 */
export const careReach = ({ db, settings, clock }: App): Promise<CareReach> =>
  withTransaction(db, 'all', async ({ sql }) => {
    const rows = await sql<{ reason: Unreached | null; n: number }[]>`
      with care as (
        select r.patient_id, bool_or(r.in_force and r.reached) as reached, bool_or(r.in_force) as in_force,
          bool_or(r.counted) as counted, bool_or(not r.counted) as untrusted
        from (
          select c.patient_id, c.trusted or c.narrowed as counted,
            c.trusted and c.starts_at <= ${clock().toISOString()}::timestamptz and (c.ends_at is null or c.ends_at
              + case when c.practitioner_id is null then interval '0' else make_interval(days => ${settings.careRelationshipDays}) end
              > ${clock().toISOString()}::timestamptz) as in_force,
            exists (select from users u where u.status = 'active'
              and (u.id = c.user_id or u.practitioner_id = c.practitioner_id)) as reached
          from care_relationships c) r
        group by r.patient_id)
      select case
          when care.reached then null
          when care.in_force then 'notLinked'
          when l.standing = 'unknown' then 'unknown'
          when care.counted or l.standing in ('known', 'barred') then 'over'
          when care.untrusted or l.standing = 'untrusted' then 'untrusted'
          else 'unnamed' end as reason, count(*)::int as n
      from patients p left join care on care.patient_id = p.id left join care_lists l on l.patient_id = p.id
      group by 1`
    const of = (reason: Unreached | null) => rows.find((row) => row.reason === reason)?.n ?? 0
    return {
      patients: rows.reduce((sum, { n }) => sum + n, 0),
      notLinked: of('notLinked'),
      over: of('over'),
      unknown: of('unknown'),
      untrusted: of('untrusted'),
      unnamed: of('unnamed'),
    }
  })

/** The counts in a sentence, or null where somebody has care of every patient. */
export const reachText = (reach: CareReach): string | null => {
  const found = UNREACHED.filter((reason) => reach[reason] > 0)
  const total = found.reduce((sum, reason) => sum + reach[reason], 0)
  if (total === 0) return null
  const reasons = found.map((reason) => `${reach[reason]} ${WORDS[reason]}`).join('; ')
  return `${total} of ${reach.patients} patients are in nobody's care: ${reasons}`
}
