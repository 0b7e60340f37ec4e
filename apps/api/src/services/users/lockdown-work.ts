import { WORK_RESULTS } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, sql } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { type ChartwardCode, ChartwardError } from '../../core/errors.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { requireRight } from '../approvals/standing.ts'
import { defineJobWork } from '../works/kind.ts'
import { WorkFailed } from '../works/work.ts'
import { beginLockdown } from './begin-lockdown.ts'
import { findLockdownAct, type LockdownAct } from './lockdown-act.ts'
import { suspendAccount } from './suspend-account.ts'

type Outcome = 'lockedDown' | 'waiting' | 'left' | 'bound'

/** Why somebody is left as they are: closed already, or one privileged person too many for one to lock. */
const LEFT: Readonly<Partial<Record<ChartwardCode, Outcome>>> = {
  CONFLICT: 'left',
  SECOND_PERSON_REQUIRED: 'bound',
}

/**
 * Locks people down, one after the other, each in a transaction of their own with their entries. Killed
 * anywhere it goes on with whoever is left: what the act has done to somebody stands in the request that
 * confirms or lifts it.
 */
export const lockDownWork = defineJobWork({
  kind: 'lock-down',
  sees: { all: 'account:lockdown:start', own: null },
  // What is begun to contain something is not stopped halfway: each is lifted by a second person.
  cancel: 'never',
  oneOf: null,
  result: WORK_RESULTS['lock-down'],
  show: (stored) => stored,

  run: async ({ app, work, progress, signal }) => {
    const act = await findLockdownAct(app, work.subjectId ?? '')
    progress.phase('accounts', act.people.length)
    const sum = { people: act.people.length, lockedDown: 0, waiting: 0, left: 0, bound: 0 }
    for (const userId of act.people) {
      signal.throwIfAborted()
      sum[await lockDownOne(app, act, userId)] += 1
      progress.advance(1)
    }
    return sum
  },
})

/** Does to one person what the act does to each, once; leaves one whose account is closed already. */
const lockDownOne = (app: App, act: LockdownAct, userId: UserId): Promise<Outcome> =>
  withTransaction(app.db, 'none', async (tx) => {
    await oneAtATime(tx)
    const before = await doneBefore(tx, app, act, userId)
    if (before !== null) return before
    await requireStill(tx, app, act, userId)
    try {
      return await lockDownNow(tx, app, act, userId)
    } catch (error) {
      // Both are said before anything is written.
      const left = error instanceof ChartwardError ? LEFT[error.code] : undefined
      if (left === undefined) throw error
      return left
    }
  })

const doneBefore = async (
  tx: Transaction,
  { vouching }: App,
  { id, requestedBy }: LockdownAct,
  userId: UserId,
): Promise<Outcome | null> => {
  const { approvals } = schema
  const [found] = await tx.orm
    .select()
    .from(approvals)
    .where(
      and(
        eq(approvals.kind, 'lockdown'),
        eq(approvals.subjectId, userId),
        eq(approvals.requestedBy, requestedBy),
        sql`${approvals.payload} ->> 'act' = ${id}`,
      ),
    )
  if (found === undefined) return null
  const { payload } = await vouching.require('approval', found)
  return payload.before === null ? 'waiting' : 'lockedDown'
}

/** Whoever asked must hold the right still: of two who lock each other down, the second goes no further. */
const requireStill = async (
  tx: Transaction,
  app: App,
  { requestedBy }: LockdownAct,
  about: UserId,
): Promise<void> => {
  try {
    await requireRight(tx, app, {
      holder: requestedBy,
      permission: 'account:lockdown:start',
      about,
      message: 'Your role does not permit this any more.',
    })
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'FORBIDDEN') throw new WorkFailed('not-permitted')
    throw error
  }
}

const lockDownNow = async (tx: Transaction, app: App, act: LockdownAct, userId: UserId): Promise<Outcome> => {
  const { requestedBy, reason, requestId } = act
  const begun = await beginLockdown(tx, app, { userId, requestedBy, reason, act: act.id })
  const { outcome, approvalId, status } = begun
  const by = {
    actor: { kind: 'user', id: requestedBy },
    requestId,
    facts: { act: act.id },
    note: reason,
  } as const
  if (outcome === 'locked-down') {
    await suspendAccount(tx, app, by, { id: userId, status, endedBy: requestedBy, approvalId })
    return 'lockedDown'
  }
  await app.audit.append(tx, {
    ...by,
    action: 'user.lockdown.requested',
    outcome: 'success',
    resource: { type: 'user', id: userId },
    change: { before: { status }, after: { outcome, approval: approvalId } },
  })
  return 'waiting'
}
