import type { MySessionsOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { desc, eq } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { userNames } from '../users/names.ts'
import { sessionView } from './view.ts'

const { sessions } = schema

/** How many of one's own sessions are shown. */
const SHOWN = 20

/** One's own sessions, newest first, those that have ended among them. */
export const mySessions = async ({
  ctx: { app, user, session, entry },
}: {
  readonly ctx: VerbContext<'sessions.listed'>
}): Promise<MySessionsOutput> => {
  const now = app.clock()
  const own = await app.db.orm
    .select()
    .from(sessions)
    .where(eq(sessions.userId, user.id))
    .orderBy(desc(sessions.id))
    .limit(SHOWN)
  // Patients are told of nobody who works here by name, but where they are of who saw them.
  const ended = user.kind === 'patient' ? [] : own.map(({ endedBy }) => endedBy)
  const names = await userNames(app.db, ended)
  entry.shown({ count: own.length, resource: { type: 'session', id: null } })
  return { items: own.map((row) => ({ ...sessionView(row, now, names), current: row.id === session.id })) }
}
