import { withTransaction } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { isOpen, WORKER, type WorkRow, works } from './work.ts'

/**
 * Takes a work up, or up again, with an entry: whoever had it before can end it no more. Null where it has
 * ended, or is not there.
 */
export const beginWork = (app: App, id: string): Promise<WorkRow | null> =>
  withTransaction(app.db, 'none', async (tx) => {
    const [row] = await app.vouching.change(
      tx,
      'work',
      and(eq(works.id, id), isOpen),
      ({ attempt, startedAt }) => ({
        state: 'running' as const,
        attempt: attempt + 1,
        startedAt: startedAt ?? app.clock(),
        phase: null,
        done: 0,
        total: null,
        phaseAt: null,
      }),
    )
    if (row === undefined) return null
    await tx.sql`update works set heartbeat = now() where id = ${id}`
    await app.audit.append(tx, {
      action: 'work.begun',
      outcome: 'success',
      actor: WORKER,
      resource: { type: 'Work', id },
      facts: { kind: row.kind, askedBy: row.askedBy, attempt: row.attempt },
    })
    return row
  })
