import type { EndMySessionsInput, EndMySessionsOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { endNamedSessions, endOtherSessionsOf } from '../../sessions/sessions.ts'

const REASON = 'ended-by-owner'

/**
 * Ends sessions of one's own, but for the one that asks: signing out is for that. With a fresh factor, so
 * that whoever has found an open browser can't shut its owner out. That code ends what was half signed in, so
 * nothing may be left to end: that is no failure.
 */
export const endMySessions = async ({
  ctx: { app, user, session, entry },
  input: { sessions },
}: {
  readonly ctx: VerbContext<'sessions.ended'>
  readonly input: EndMySessionsInput
}): Promise<EndMySessionsOutput> => {
  entry.about({ type: 'user', id: user.id }, null)
  if (sessions !== 'others' && sessions.includes(session.id))
    throw new ChartwardError('CONFLICT', 'This is the session that you are in. Sign out to end it.')
  return withTransaction(app.db, 'none', async (tx) => {
    const ending = { reason: REASON, by: user.id } as const
    const closed =
      sessions === 'others'
        ? await endOtherSessionsOf(tx, app, { userId: user.id, keptId: session.id }, ending)
        : await endNamedSessions(tx, app, { userId: user.id, ids: sessions }, ending)
    const ids = closed.filter(({ reason }) => reason === REASON).map(({ id }) => id)
    await entry.changed(tx, {
      change: { before: { user: user.id, sessions: ids }, after: null },
      patientId: null,
      records: null,
      count: ids.length,
    })
    return { ended: ids.length }
  })
}
