import type { EndSessionsInput, EndSessionsOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { endNamedSessions, endSessionsOf } from '../../sessions/sessions.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { notify } from '../notices/notify.ts'

const REASON = 'ended-by-administrator'

/**
 * Ends one, some or all sessions of somebody else: at their next request, to whichever process, they are
 * signed out. Their account stays as it is, and they may sign in again; lockdown is for whoever may not.
 * Throws CONFLICT where none of them is open: of two who end the same one, the second is told so.
 */
export const endSessions = async ({
  ctx: { app, user, entry },
  input: { userId, sessions, reason },
}: {
  readonly ctx: VerbContext<'sessions.ended'>
  readonly input: EndSessionsInput
}): Promise<EndSessionsOutput> => {
  entry.about({ type: 'user', id: userId }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:session:end')
    const { users } = schema
    const [found] = await tx.orm.select({ kind: users.kind }).from(users).where(eq(users.id, userId))
    if (found?.kind !== 'workforce') throw new ChartwardError('NOT_FOUND')
    const ending = { reason: REASON, by: user.id } as const
    const closed =
      sessions === 'all'
        ? await endSessionsOf(tx, app, userId, ending)
        : await endNamedSessions(tx, app, { userId, ids: sessions }, ending)
    // What ran out by itself was ended by nobody.
    const ids = closed.filter((session) => session.reason === REASON).map(({ id }) => id)
    if (ids.length === 0) throw new ChartwardError('CONFLICT', 'No such session is open any more.')
    await entry.changed(tx, {
      change: { before: { user: userId, sessions: ids }, after: null },
      patientId: null,
      records: null,
      count: ids.length,
      note: reason,
    })
    await notify(tx, app, userId, { word: 'sessions-ended' })
    return { ended: ids.length }
  })
}
