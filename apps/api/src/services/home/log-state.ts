import { ACTIONS, type Action, CATEGORIES, isAction } from '@chartward/audit'
import type { LogStateInput, LogStateOutput } from '@chartward/contract'
import type { App } from '../../app.ts'
import { readHead } from '../../audit/log/head.ts'
import { type EntryRow, entryColumns } from '../../audit/log/stored-entries.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { parsedEntry } from '../audit/entry-view.ts'
import { userNames } from '../users/names.ts'
import { countedSince, sumOf } from './counted.ts'

/** What an auditor asks after first: what left the log, and what two people decided or released. */
const DONE: readonly Action[] = [
  'audit.exported',
  'audit.accesses-exported',
  'audit.accesses-printed',
  'approval.approved',
  'approval.rejected',
  'export.approved',
  'export.rejected',
  'export.downloaded',
]

/** The state of the log, and what stands in it since a moment: each figure is that of the list beside it. */
export const logState = async ({
  ctx: { app },
  input: { since },
}: {
  ctx: VerbContext<'home.viewed'>
  input: LogStateInput
}): Promise<LogStateOutput> => {
  const { sql } = app.db
  const head = await readHead(sql)
  const [faults] = await sql<{ quarantined: number; missing: number }[]>`
    select (select count(*)::integer from audit_quarantine) as quarantined,
      (select count(*)::integer from audit_gaps where named_at is not null) as missing`
  const counted = await countedSince(sql, since.date)
  return {
    head: { size: head?.size ?? 0, signedAt: head?.signedAt?.toISOString() ?? null },
    quarantined: faults?.quarantined ?? 0,
    missing: faults?.missing ?? 0,
    lastCheck: await lastCheck(app),
    categories: CATEGORIES.map((category) => ({
      category,
      count: sumOf(counted, ({ action }) => isAction(action) && ACTIONS[action].category === category),
    })),
    done: DONE.map((action) => ({
      action,
      count: sumOf(counted, (one) => one.action === action && one.outcome === 'success'),
    })),
  }
}

/** More than anybody would put in before the real one without being noticed. */
const LOOKED_AT = 100

/**
 * The newest check that the application itself has written down: whoever can write rows can't have the log
 * called whole.
 */
const lastCheck = async ({ db, audit }: App): Promise<LogStateOutput['lastCheck']> => {
  const { sql } = db
  const found = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from audit_entries where action = 'audit.verified' and outcome = 'success'
    order by id desc limit ${LOOKED_AT}`
  const own = found.find(({ bytes, mac }) => audit.isOwn(bytes, mac))
  const entry = own === undefined ? null : parsedEntry(own.bytes)
  if (entry === null) return null
  // A service ends it, and the entry says who has asked.
  const { askedBy } = entry.facts
  const names = await userNames({ sql }, [typeof askedBy === 'string' ? askedBy : null])
  return {
    entryId: entry.id,
    at: new Date(entry.at).toISOString(),
    by: names.get(String(askedBy)) ?? 'Unknown user',
    findings: entry.count,
  }
}
