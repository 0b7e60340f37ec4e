import { toHex } from '@chartward/audit'
import type { ListPeopleChangesOutput, PeopleChangeState } from '@chartward/contract'
import { schema } from '@chartward/db'
import { desc, eq, inArray } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { statusAt } from '../approvals/approval.ts'
import { personOf, userNames } from '../users/names.ts'
import { type ChangeRow, changeIdOf } from './change-row.ts'

type Shown = ListPeopleChangesOutput['items'][number]
const { approvals, peopleChanges, works } = schema

/**
 * The newest changes of several people, or the one with an id, and where each is on its way. Rows that are
 * not vouched for are none.
 */
export const shownChanges = async (
  { app, user }: Pick<VerbContext, 'app' | 'user'>,
  { id, limit }: { readonly id?: string; readonly limit: number },
): Promise<{ readonly row: ChangeRow; readonly shown: Shown }[]> => {
  const found = await app.db.orm
    .select()
    .from(peopleChanges)
    .where(id === undefined ? undefined : eq(peopleChanges.id, changeIdOf(id)))
    .orderBy(desc(peopleChanges.id))
    .limit(limit)
  const rows: ChangeRow[] = []
  for (const row of found) if (await app.vouching.admits('people-change', row)) rows.push(row)
  const asked = await app.db.orm
    .select()
    .from(approvals)
    .where(inArray(approvals.id, idsOf(rows.map(({ approvalId }) => approvalId))))
  const done = await app.db.orm
    .select()
    .from(works)
    .where(inArray(works.id, idsOf(rows.map(({ workId }) => workId))))
  const names = await userNames(
    app.db,
    rows.map(({ askedBy }) => askedBy),
  )
  return rows.map((row) => {
    const approval = asked.find((one) => one.id === row.approvalId)
    const status = approval === undefined ? null : statusAt(approval, app.clock())
    const work = done.find((one) => one.id === row.workId)?.state ?? null
    return {
      row,
      shown: {
        id: row.id,
        kind: row.kind,
        askedBy: personOf(names, row.askedBy),
        mine: row.askedBy === user.id,
        createdAt: row.createdAt.toISOString(),
        lines: row.lines,
        sha256: toHex(row.sha256),
        state: stateOf(row, status, work),
        approvalId: row.approvalId,
        approval: status,
        workId: row.workId,
        work,
      },
    }
  })
}

const idsOf = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null)

const stateOf = (
  { content }: Pick<ChangeRow, 'content'>,
  approval: Shown['approval'],
  work: Shown['work'],
): PeopleChangeState => {
  if (work !== null) return work === 'waiting' || work === 'running' ? 'running' : 'ended'
  if (approval === 'pending') return 'waiting'
  return approval === null && content !== null ? 'draft' : 'rejected'
}
