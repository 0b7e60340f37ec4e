import type { WhyOutput } from '@chartward/contract'
import type { Policy } from '@chartward/policy'
import type { App } from '../../app.ts'
import { parsedEntry } from '../audit/entry-view.ts'

/** Entries without a decision (of jobs, of signing in) may stand between two that have one. */
const LOOKED_AT = 500

/**
 * The policy that decided shortly before a moment, as the log tells it: where it was another one than that
 * which decides now, the answer may have been another one, too.
 */
export const policyThen = async (
  { db, audit }: Pick<App, 'db' | 'audit'>,
  decidedBy: Policy,
  at: Date,
): Promise<WhyOutput['policy']> => {
  const rows = await db.sql<{ bytes: Buffer; mac: Buffer }[]>`
    select bytes, mac from audit_entries
    where id < uuid_v7_floor(${at.toISOString()}::timestamptz + interval '1 millisecond')
    order by id desc limit ${LOOKED_AT}`
  for (const { bytes, mac } of rows) {
    const told = audit.isOwn(bytes, mac) ? parsedEntry(bytes)?.facts.policy : null
    if (typeof told === 'string') return { decidedBy: decidedBy.version, inForceThen: told }
  }
  return { decidedBy: decidedBy.version, inForceThen: null }
}
