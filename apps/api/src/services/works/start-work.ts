import type { StartedWork } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { doWork } from '../../jobs/do-work.ts'
import { enqueue } from '../../jobs/queue.ts'
import { slotOf, type WorkKind } from './kind.ts'
import { isOpen, works } from './work.ts'

/**
 * Asks for work, in the transaction of a verb, which writes the entry of what it did afterwards: the entry
 * commits to the work's row. Where the same is under way already, that one is given, and nothing is written.
 * A work that its request does itself runs from now on, and is ended by `endWork`.
 */
export const startWork = async (
  tx: Transaction,
  app: Pick<App, 'clock' | 'vouching'>,
  kind: Pick<WorkKind, 'kind' | 'oneOf' | 'runs'>,
  { subjectId = null, askedBy }: { readonly subjectId?: string | null; readonly askedBy: UserId },
): Promise<StartedWork> => {
  const slot = slotOf(kind, subjectId)
  if (slot !== null) {
    // Of two who ask at once the second sees what the first has asked for.
    await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`chartward/works/${slot}`}, 0))`
    const [open] = await tx.orm
      .select()
      .from(works)
      .where(and(eq(works.slot, slot), isOpen))
    if (open !== undefined) {
      await app.vouching.require('work', open)
      return { workId: open.id, joined: true }
    }
  }
  const id = newId()
  const now = app.clock()
  const here = kind.runs === 'in-request'
  await app.vouching.insert(tx, 'work', [
    {
      id,
      kind: kind.kind,
      subjectId,
      askedBy,
      askedAt: now,
      slot,
      state: here ? 'running' : 'waiting',
      attempt: here ? 1 : 0,
      startedAt: here ? now : null,
      endedAt: null,
      cancelAskedAt: null,
      cancelAskedBy: null,
      result: null,
      failure: null,
    },
  ])
  if (here) await tx.sql`update works set heartbeat = now() where id = ${id}`
  else await enqueue(tx, doWork, id)
  return { workId: id, joined: false }
}
