import type { Connection } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { Findings } from './findings.ts'

/**
 * The patients whose keys two people have destroyed, as the log says: an entry that was put in, or changed,
 * is named by the same check. A key that is gone without such an entry was not shredded but taken away.
 */
export const shreddedByLog = async (sql: Connection['sql']): Promise<PatientId[]> => {
  const rows = await sql<{ patient_id: PatientId }[]>`
    select distinct patient_id from audit_entries
    where action = 'shred.carried-out' and outcome = 'success' and patient_id is not null order by patient_id`
  return rows.map(({ patient_id }) => patient_id)
}

/** Finds what a destruction took and is there again, of what an auditor may read: keys and source ids. */
export const checkShredded = async (
  sql: Connection['sql'],
  shredded: readonly PatientId[],
  findings: Findings,
): Promise<void> => {
  const rows = await sql<{ id: PatientId; part: string }[]>`
    select id, min(part) as part from (
      select patient_id as id, 'a key' as part from patient_keys where state <> 'destroyed'
      union all select patient_id, 'source ids' from source_ids) there
    where id = any(${[...shredded]}::uuid[]) group by id order by id limit 100`
  for (const { id, part } of rows)
    findings.add('shred-undone', `there is ${part} of patient ${id} again, whose keys were destroyed`)
}

/** The same of what the application alone may read: tokens and the segments of a chart. */
export const checkShreddedContents = async (
  sql: Connection['sql'],
  shredded: readonly PatientId[],
  findings: Findings,
): Promise<void> => {
  const rows = await sql<{ id: PatientId; part: string }[]>`
    select id, min(part) as part from (
      select patient_id as id, 'search tokens' as part from search_tokens
      union all select patient_id, 'claim tokens' from claim_tokens
      union all select patient_id, 'care tokens' from care_tokens
      union all select patient_id, 'chart segments' from chart_segments) there
    where id = any(${[...shredded]}::uuid[]) group by id order by id limit 100`
  for (const { id, part } of rows)
    findings.add('shred-undone', `there are ${part} of patient ${id} again, whose keys were destroyed`)
}
