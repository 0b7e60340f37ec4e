import type { ListSessionsInput, ListSessionsOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, count, desc, lt, sql } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { personOf, userNames } from '../users/names.ts'
import { isOpenAt, sessionView } from './view.ts'

const { sessions } = schema

/** Of the workforce: who is a patient is told by no list of sessions. */
const OF_WORKFORCE = sql`exists (select from users u where u.id = ${sessions.userId} and u.kind = 'workforce')`

/** How many sessions of the workforce are open: the one place where they are counted. */
export const countOpenSessions = async ({ db, clock }: Pick<App, 'db' | 'clock'>): Promise<number> => {
  const [row] = await db.orm
    .select({ open: count() })
    .from(sessions)
    .where(and(...isOpenAt(sessions, clock()), OF_WORKFORCE))
  return row?.open ?? 0
}

/** The sessions of the workforce that are open now, newest first, a page at a time, with whose they are. */
export const listSessions = async ({
  ctx: { app, entry },
  input: { cursor, limit },
}: {
  readonly ctx: VerbContext<'sessions.listed'>
  readonly input: ListSessionsInput
}): Promise<ListSessionsOutput> => {
  const now = app.clock()
  const found = await app.db.orm
    .select()
    .from(sessions)
    .where(
      and(
        ...isOpenAt(sessions, now),
        OF_WORKFORCE,
        cursor === undefined ? undefined : lt(sessions.id, cursor),
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(limit + 1)
  const page = found.slice(0, limit)
  const names = await userNames(
    app.db,
    page.map(({ userId }) => userId),
  )
  entry.shown({ count: page.length, resource: { type: 'session', id: null } })
  return {
    items: page.map((row) => ({ ...sessionView(row, now, names), user: personOf(names, row.userId) })),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    total: await countOpenSessions(app),
  }
}
