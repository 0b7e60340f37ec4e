import type { Need, NeedKind } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, desc, eq, gt, inArray, ne, or } from 'drizzle-orm'
import { showText } from '../../keys/sealed-text.ts'
import { purposeOf } from '../exports/view.ts'
import { personOf, userNames } from '../users/names.ts'
import { DAY_MS, type Feed, MOST, type NeedsContext } from './room.ts'

const { approvals, exportRequests } = schema

/** Requests on which the reader may decide: everybody's but their own. */
export const exportDecisions: Feed = {
  permissions: ['export:request:read', 'export:request:decide'],
  needs: async ({ app, user }) => {
    const rows = await app.db.orm
      .select()
      .from(exportRequests)
      .where(and(eq(exportRequests.status, 'requested'), ne(exportRequests.requestedBy, user.id)))
      .orderBy(desc(exportRequests.id))
      .limit(MOST)
    const names = await userNames(
      app.db,
      rows.map(({ requestedBy }) => requestedBy),
    )
    return Promise.all(
      rows.map(
        async (row): Promise<Need> => ({
          kind: 'export-decision',
          room: 'exports',
          id: row.id,
          what: await showText(app.keyring, purposeOf(row), row.purpose),
          whom: null,
          by: personOf(names, row.requestedBy),
          since: row.createdAt.toISOString(),
          due: null,
        }),
      ),
    )
  },
}

/** How what became of a request is told, by its status. */
const ENDS = {
  ready: 'export-ready',
  rejected: 'export-rejected',
  failed: 'export-failed',
} as const satisfies Record<string, NeedKind>

/** So long whoever asked is told of what was rejected or has failed. */
const TOLD_MS = 14 * DAY_MS

/**
 * What became of the reader's own requests: a release that can be downloaded and was not, a rejection whose
 * page they have not opened, a build that failed. What they did since is told by the audit log.
 */
export const ownExports: Feed = {
  permissions: ['export:request:read', 'export:release:download'],
  needs: async ({ app, user, ...ctx }) => {
    const now = app.clock()
    const since = new Date(now.getTime() - TOLD_MS)
    const rows = await app.db.orm
      .select({ request: exportRequests, decidedAt: approvals.decidedAt })
      .from(exportRequests)
      .innerJoin(approvals, eq(approvals.id, exportRequests.approvalId))
      .where(
        and(
          eq(exportRequests.requestedBy, user.id),
          or(
            and(eq(exportRequests.status, 'ready'), gt(exportRequests.expiresAt, now)),
            and(inArray(exportRequests.status, ['rejected', 'failed']), gt(approvals.decidedAt, since)),
          ),
        ),
      )
      .orderBy(desc(exportRequests.id))
      .limit(MOST)
    const dealtWith = await latestDealings(
      { app, user, ...ctx },
      rows.map(({ request }) => request.id),
    )
    const needs: Need[] = []
    for (const { request, decidedAt } of rows) {
      const { id, status } = request
      if (status !== 'ready' && status !== 'rejected' && status !== 'failed') continue
      const became = (status === 'ready' ? request.builtAt : decidedAt) ?? request.createdAt
      const { viewed, downloaded } = dealtWith(id)
      if (status === 'ready' && downloaded !== null) continue
      if (status === 'rejected' && viewed !== null && viewed >= became) continue
      needs.push({
        kind: ENDS[status],
        room: 'exports',
        id,
        what: await showText(app.keyring, purposeOf(request), request.purpose),
        whom: null,
        by: null,
        since: became.toISOString(),
        due: request.expiresAt?.toISOString() ?? null,
      })
    }
    return needs
  },
}

/** How many of one's own latest entries are looked at. */
const LOOK_AT = 2000

/** When the reader last opened the page of each of these requests, and last downloaded its release. */
const latestDealings = async ({ app, user }: Pick<NeedsContext, 'app' | 'user'>, ids: readonly string[]) => {
  const rows =
    ids.length === 0
      ? []
      : await app.db.sql<{ resource_id: string; action: string; at: string }[]>`
          select resource_id, action, max(at) as at from (
            select resource_id, action, outcome, at from audit_entries
            where actor_id = ${user.id} order by id desc limit ${LOOK_AT}
          ) own
          where outcome = 'success' and action in ('export.viewed', 'export.downloaded')
            and resource_id in ${app.db.sql([...ids])}
          group by resource_id, action`
  const latest = (id: string, action: string): Date | null => {
    const at = rows.find((row) => row.resource_id === id && row.action === action)?.at
    return at === undefined ? null : new Date(at)
  }
  return (id: string) => ({
    viewed: latest(id, 'export.viewed'),
    downloaded: latest(id, 'export.downloaded'),
  })
}
