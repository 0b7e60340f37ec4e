import { toHex } from '@chartward/audit'
import type { PeopleTerms } from '@chartward/contract'
import { type Database, type Transaction, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { askedFor, type ChangeId, findChange, openPlan } from './change-row.ts'
import { type Plan, planOf } from './plan.ts'

/** What a change comes to, as people stand now; of one that was agreed on, what was agreed. Null for none. */
export const planNow = async (
  connection: Database | Transaction,
  app: App,
  id: string,
): Promise<Pick<Plan, 'lines' | 'hash'> | null> => {
  const row = await findChange(connection, app, id)
  if (row.plan !== null) return openPlan(app, row)
  const asked = await askedFor(app, row)
  return asked === null ? null : withTransaction(connection, 'none', (tx) => planOf(tx, app, asked))
}

/** How many lines of a plan do what. */
export const countsOf = ({ lines }: Pick<Plan, 'lines'>): Pick<Plan, 'counts' | 'needsSecond'> => {
  const of = (outcome: string) => lines.filter(({ line }) => line.outcome === outcome).length
  return {
    counts: { create: of('create'), change: of('change'), same: of('same'), refused: of('refused') },
    needsSecond: lines.filter(({ line }) => line.needsSecond).length,
  }
}

/** What somebody agrees on: every line that does something; those that do nothing are counted. */
export const peopleTermsOf = async (
  connection: Database | Transaction,
  app: App,
  id: ChangeId,
): Promise<PeopleTerms> => {
  const { kind, sha256 } = await findChange(connection, app, id)
  const plan = (await planNow(connection, app, id)) ?? { lines: [], hash: '0'.repeat(64) }
  return {
    id,
    kind,
    sha256: toHex(sha256),
    hash: plan.hash,
    ...countsOf(plan),
    lines: plan.lines
      .map(({ line }) => line)
      .filter(({ outcome }) => outcome === 'create' || outcome === 'change')
      .toSorted((a, b) => a.line - b.line),
  }
}
