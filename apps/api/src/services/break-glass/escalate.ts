import { schema, withTransaction } from '@chartward/db'
import type { Permission } from '@chartward/policy'
import { and, asc, eq, isNull, lt, lte } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { tellHolders } from './tell.ts'
import type { GrantRow } from './view.ts'

const { breakGlassGrants: grants } = schema

const HOUR_MS = 3_600_000

/** After how long without a review who is told, each time besides those before. */
export const ESCALATIONS = [
  { afterMs: 24 * HOUR_MS, who: ['care:break-glass:review', 'home:security:read'] },
  { afterMs: 72 * HOUR_MS, who: ['care:break-glass:review', 'home:security:read', 'home:accounts:read'] },
] as const satisfies readonly { readonly afterMs: number; readonly who: readonly Permission[] }[]

const MOST = 500

/**
 * Tells more people of uses that nobody has reviewed, once for each step, each with its entry. Nothing is
 * opened or shut by it: whether a use is in force is decided by its dates.
 */
export const escalateBreakGlass = async (app: App): Promise<void> => {
  for (const [at, { afterMs, who }] of ESCALATIONS.entries()) {
    const level = at + 1
    const due = and(
      isNull(grants.verdict),
      lt(grants.escalated, level),
      lte(grants.startsAt, new Date(app.clock().getTime() - afterMs)),
    )
    const rows = await app.db.orm.select().from(grants).where(due).orderBy(asc(grants.id)).limit(MOST)
    for (const row of rows)
      if (await app.vouching.admits('break-glass', row)) await escalate(app, row, level, who)
  }
}

const escalate = (app: App, row: GrantRow, level: number, who: readonly Permission[]): Promise<void> =>
  withTransaction(app.db, 'none', async (tx) => {
    const waits = and(eq(grants.id, row.id), isNull(grants.verdict), lt(grants.escalated, level))
    const [taken] = await tx.orm
      .update(grants)
      .set({ escalated: level })
      .where(waits)
      .returning({ id: grants.id })
    // Reviewed meanwhile, or told by another process.
    if (taken === undefined) return
    const people = await tellHolders(tx, app, who, {
      about: row.userId,
      notice: { word: 'break-glass-waiting' },
    })
    await app.audit.append(tx, {
      action: 'break-glass.escalated',
      outcome: 'success',
      actor: { kind: 'system', name: 'break-glass' },
      resource: { type: 'BreakGlass', id: row.id },
      patientId: row.patientId,
      change: {
        before: { user: row.userId, escalated: row.escalated },
        after: { user: row.userId, escalated: level },
      },
      count: people,
    })
  })
