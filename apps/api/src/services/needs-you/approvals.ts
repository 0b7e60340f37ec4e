import type { Need } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, desc, eq, gt, inArray, ne } from 'drizzle-orm'
import { isForUser } from '../approvals/approval.ts'
import { isBound } from '../approvals/bound.ts'
import { KINDS, kindsDecidedWith } from '../approvals/kinds.ts'
import { personOf, userNames } from '../users/names.ts'
import { DAY_MS, type Feed, MOST } from './room.ts'

const { approvals } = schema

/** What was done already does not lapse: its end is no time to keep. */
const LASTING_MS = 365 * DAY_MS

/**
 * Requests that the reader may decide on: neither their own nor about themselves, and none while a lockdown
 * of theirs binds them.
 */
export const accessApprovals: Feed = {
  permissions: ['access:approval:list', 'access:approval:decide'],
  needs: async ({ app, user, policy }) => {
    const now = app.clock()
    const kinds = kindsDecidedWith('access:approval:decide')
    const pending = and(eq(approvals.status, 'pending'), gt(approvals.expiresAt, now))
    if (await isBound(app, user.id)) return []
    const rows = await app.db.orm
      .select()
      .from(approvals)
      .where(
        and(
          inArray(approvals.kind, kinds),
          pending,
          ne(approvals.requestedBy, user.id),
          ne(approvals.subjectId, user.id),
        ),
      )
      .orderBy(desc(approvals.id))
      .limit(MOST)
    const names = await userNames(
      app.db,
      rows.flatMap(({ subjectId, requestedBy }) => [subjectId, requestedBy]),
    )
    return Promise.all(
      rows.map(async (row): Promise<Need> => {
        const { line } = await KINDS[row.kind].describe(app, policy, row)
        return {
          kind: row.kind === 'lockdown' ? 'lockdown' : 'approval',
          room: 'approvals',
          id: row.id,
          what: line,
          whom: isForUser(row) ? personOf(names, row.subjectId) : null,
          by: personOf(names, row.requestedBy),
          since: row.createdAt.toISOString(),
          due: row.expiresAt.getTime() - now.getTime() > LASTING_MS ? null : row.expiresAt.toISOString(),
        }
      }),
    )
  },
}
