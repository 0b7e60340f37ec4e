import { withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { Draft } from '../../audit/entry.ts'
import type { End, WorkKind } from './kind.ts'
import { WORKER, type Work, WorkTaken, works } from './work.ts'

/**
 * Says how a work ended, once: its row and the entry that commits to it, in one transaction. Rejects with
 * WorkTaken where another has taken it up since, or it has ended.
 */
export const endWork = async (
  app: Pick<App, 'audit' | 'clock' | 'db' | 'vouching'>,
  kind: WorkKind,
  work: Pick<Work, 'id' | 'attempt' | 'kind' | 'askedBy'>,
  end: End,
): Promise<void> => {
  await withTransaction(app.db, 'none', async (tx) => {
    const mine = and(eq(works.id, work.id), eq(works.state, 'running'), eq(works.attempt, work.attempt))
    const [row] = await app.vouching.change(tx, 'work', mine, {
      state: end.state,
      endedAt: app.clock(),
      result: end.state === 'done' ? end.result : null,
      failure: end.state === 'failed' ? end.failure : null,
    })
    if (row === undefined) throw new WorkTaken('the work is in other hands, or has ended')
    await app.audit.append(tx, {
      ...whatEnded(kind, work, end),
      actor: WORKER,
      facts: {
        kind: work.kind,
        askedBy: work.askedBy,
        work: work.id,
        ...(end.state === 'failed' ? { failure: end.failure } : {}),
      },
    })
  })
}

const whatEnded = (
  kind: WorkKind,
  { id }: Pick<Work, 'id'>,
  end: End,
): Pick<Draft, 'action' | 'outcome' | 'resource' | 'count'> => {
  const { ends } = kind
  const resource = ends?.resource ?? { type: 'Work', id }
  if (end.state === 'cancelled') return { action: 'work.cancelled', outcome: 'success', resource }
  if (end.state === 'failed') return { action: ends?.action ?? 'work.failed', outcome: 'failure', resource }
  return {
    action: ends?.action ?? 'work.done',
    outcome: 'success',
    resource,
    count: kind.count(end.result),
  }
}
