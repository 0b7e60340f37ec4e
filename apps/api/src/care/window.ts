import type { Connection } from '@chartward/db'

/** What a window of so many days comes to, beside the one that is set. */
export interface WindowCount {
  readonly inForce: number
  readonly end: number
  readonly begin: number
  readonly chartsShut: number
  readonly people: number
}

/**
 * How many imported care relationships of people with an account end, or begin, if encounters count for
 * `asked` days after their end rather than for `days`: counted as the database has them at `now`. A chart is
 * shut for whoever has no other relationship with the patient by then. It changes nothing.
 */
export const countWindow = async (
  { sql }: Pick<Connection, 'sql'>,
  { days, asked, now }: { readonly days: number; readonly asked: number; readonly now: Date },
): Promise<WindowCount> => {
  const at = now.toISOString()
  const [row] = await sql<WindowCount[]>`
    with own as (
      select u.id as user_id, r.patient_id, r.practitioner_id is not null as imported,
        case when r.practitioner_id is null then coalesce(r.ends_at > ${at}, true)
          else coalesce(r.ends_at + make_interval(days => ${days}::integer) > ${at}, true) end as counts,
        case when r.practitioner_id is null then coalesce(r.ends_at > ${at}, true)
          else coalesce(r.ends_at + make_interval(days => ${asked}::integer) > ${at}, true) end as would
      from care_relationships r
      join users u on u.status = 'active' and (r.user_id = u.id or r.practitioner_id = u.practitioner_id)
      where r.trusted and r.starts_at <= ${at}
    ), charts as (
      select user_id, patient_id from own group by 1, 2 having bool_or(counts) and not bool_or(would)
    )
    select
      (count(*) filter (where imported and counts))::integer as "inForce",
      (count(*) filter (where imported and counts and not would))::integer as "end",
      (count(*) filter (where imported and would and not counts))::integer as "begin",
      (select count(*) from charts)::integer as "chartsShut",
      (count(distinct user_id) filter (where imported and counts and not would))::integer as people
    from own`
  return row ?? { inForce: 0, end: 0, begin: 0, chartsShut: 0, people: 0 }
}
