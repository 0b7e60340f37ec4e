import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import type { Findings } from './findings.ts'

const PAGE = 5_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Finds entries that are neither in the log nor on their way to it. Each page is one statement and so one
 * snapshot: what the sequencer moves meanwhile is seen either before or after, never in between.
 */
export const checkUnsequenced = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  for (let after = FIRST_ID; ; ) {
    const rows = await sql<{ id: EntryId; known: boolean }[]>`
      with page as (select id from audit_entries where id > ${after} order by id limit ${PAGE})
      select id, exists (select from audit_leaves l where l.entry_id = page.id)
        or exists (select from audit_quarantine q where q.entry_id = page.id)
        or id in (select entry_id from audit_pending_0 union all select entry_id from audit_pending_1
          union all select entry_id from audit_pending_2) as known
      from page order by id`
    for (const { id, known } of rows) {
      if (!known) {
        const detail =
          'the entry is neither in the log nor queued for it: it was put in behind the application'
        findings.add('entry-unsequenced', detail, { entryId: id })
      }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.id
  }
}

/** Lists what the sequencer refused to put into the log. */
export const checkQuarantine = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const rows = await sql<{ entry_id: EntryId; problem: string; index: string | null }[]>`
    select entry_id, problem, l.index from audit_quarantine left join audit_leaves l using (entry_id)
    order by entry_id`
  for (const { entry_id: entryId, problem, index } of rows) {
    if (index === null)
      findings.add('quarantined', `the sequencer refused this entry (${problem})`, { entryId })
    else
      findings.add('quarantine-false', 'an entry of the log is said to have been refused', {
        index: Number(index),
        entryId,
      })
  }
}

/** Finds leaves and nodes beyond the tree. */
export const checkSurplus = async (sql: Connection['sql'], findings: Findings): Promise<void> => {
  const leaves = await sql<{ index: string; entry_id: EntryId }[]>`
    select l.index, l.entry_id from audit_leaves l, audit_head h where l.index >= h.size or l.index < 0
    order by l.index limit 100`
  for (const { index, entry_id } of leaves) {
    findings.add('leaf-surplus', 'the leaf lies beyond the tree', { index: Number(index), entryId: entry_id })
  }
  const nodes = await sql<{ level: number; index: string }[]>`
    select n.level, n.index from audit_nodes n, audit_head h
    where n.level not between 1 and 62 or n.index < 0
      or n.index >= case when n.level between 1 and 62 then h.size >> n.level else 0 end
    order by n.level, n.index limit 100`
  for (const { level, index } of nodes) {
    findings.add('node-surplus', `node ${index} of level ${level} lies beyond the tree`)
  }
}
