import type { ListBreakGlassInput, ListBreakGlassOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, desc, isNotNull, isNull } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { personOf, userNames } from '../users/names.ts'
import { useOf } from './view.ts'

const { breakGlassGrants: grants } = schema

const MOST = 200

const STATES = { waiting: isNull(grants.verdict), reviewed: isNotNull(grants.verdict) }

/** Uses of break-glass for those who review them, the latest first. Patients by their ids. */
export const listBreakGlass = async ({
  ctx: { app, user, entry },
  input: { state },
}: {
  ctx: VerbContext<'break-glass.listed'>
  input: ListBreakGlassInput
}): Promise<ListBreakGlassOutput> => {
  const found = await app.db.orm
    .select()
    .from(grants)
    .where(and(state === undefined ? undefined : STATES[state]))
    .orderBy(desc(grants.id))
    .limit(MOST + 1)
  // What is not vouched for is no use of anybody's: the check of the database names it.
  const admitted = await Promise.all(found.map((row) => app.vouching.admits('break-glass', row)))
  const rows = found.slice(0, MOST).filter((_, at) => admitted[at])
  const names = await userNames(
    app.db,
    rows.flatMap(({ userId, reviewedBy }) => [userId, reviewedBy]),
  )
  const now = app.clock()
  entry.shown({ count: rows.length, resource: { type: 'BreakGlass', id: null } })
  return {
    items: rows.map((row) => ({
      ...useOf(row, now),
      by: personOf(names, row.userId),
      mine: row.userId === user.id,
      escalated: row.escalated,
      reviewedBy: row.reviewedBy === null ? null : personOf(names, row.reviewedBy),
    })),
    cut: found.length > MOST,
  }
}
