import type { LockDownUsersInput, LockDownUsersOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, inArray } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requireUnbound } from '../approvals/bound.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { startWork } from '../works/start-work.ts'
import { privilegedHeld } from './assignment-row.ts'
import { insertLockdownAct } from './lockdown-act.ts'
import { lockDownWork } from './lockdown-work.ts'

/**
 * Locks several accounts down in one act with one reason: each of them as `lockDownUser` does, one after the
 * other, whole or not at all. Whoever asks is never among them. Who is privileged comes last: the first of
 * them binds whoever asks, and the rest are left to somebody else.
 */
export const lockDownUsers = async ({
  ctx: { app, request, user, session, entry, separation },
  input: { userIds, reason },
}: {
  readonly ctx: VerbContext<'user.lockdown.requested'>
  readonly input: LockDownUsersInput
}): Promise<LockDownUsersOutput> => {
  const people = [...new Set(userIds)].sort()
  entry.about({ type: 'user', id: null }, null)
  for (const id of people) separation.require(id)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:lockdown:start')
    const { users } = schema
    const found = await tx.orm
      .select({ id: users.id })
      .from(users)
      .where(and(inArray(users.id, people), eq(users.kind, 'workforce')))
    if (found.length < people.length) throw new ChartwardError('NOT_FOUND')
    await requireUnbound(tx, app, user.id)
    const others: UserId[] = []
    const privileged: UserId[] = []
    for (const id of people) {
      const held = await privilegedHeld(tx, app, id)
      if (held.length > 0) privileged.push(id)
      else others.push(id)
    }
    const act = await insertLockdownAct(tx, app, {
      requestedBy: user.id,
      people: [...others, ...privileged],
      requestId: request.requestId,
      sessionId: session.id,
      reason,
    })
    const { workId } = await startWork(tx, app, lockDownWork, { subjectId: act, askedBy: user.id })
    await entry.changed(tx, {
      change: { before: null, after: { people, act, work: workId } },
      patientId: null,
      records: null,
      count: people.length,
      note: reason,
    })
    return { workId }
  })
}
