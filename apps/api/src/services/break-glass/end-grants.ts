import { type schema, type Transaction, schema as tables } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, isNull, type SQL } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'

const { breakGlassGrants: grants } = tables

type Row = typeof schema.breakGlassGrants.$inferSelect

/** Those that nobody has ended and whose time is not up: what is over by itself stays as it is. */
export const isStanding = (now: Date): SQL | undefined => and(isNull(grants.endedAt), gt(grants.endsAt, now))

export interface GrantEnd {
  readonly endReason: NonNullable<Row['endReason']>
  /** Null for an end that nobody asked for by name. */
  readonly endedBy: UserId | null
  readonly note?: string
}

/**
 * Ends uses of break-glass that still stand, each with an entry of its own, in the caller's transaction, and
 * gives them. What was forged gives nothing, and is passed over.
 */
export const endGrants = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  which: SQL | undefined,
  { endReason, endedBy, note }: GrantEnd,
): Promise<Row[]> => {
  const now = app.clock()
  const standing = await tx.orm
    .select({ id: grants.id })
    .from(grants)
    .where(and(which, isStanding(now)))
    .orderBy(grants.id)
  const ended: Row[] = []
  for (const { id } of standing) {
    const end = { endedAt: now, endedBy, endReason }
    const [row] = await app.vouching.end(tx, 'break-glass', and(eq(grants.id, id), isStanding(now)), end)
    if (row === undefined) continue
    ended.push(row)
    await app.audit.append(tx, {
      ...by,
      action: 'break-glass.ended',
      outcome: 'success',
      resource: { type: 'BreakGlass', id },
      patientId: row.patientId,
      change: changeOf(row, now),
      ...(note === undefined ? {} : { note }),
    })
  }
  return ended
}

/** What an end changes, for its entry. */
export const changeOf = ({ userId, endsAt, endReason }: Row, now: Date) => ({
  before: { user: userId, endsAt: endsAt.toISOString() },
  after: { user: userId, endsAt: now.toISOString(), endReason },
})

export const ofUser = (userId: UserId): SQL => eq(grants.userId, userId)
export const ofAssignment = (assignmentId: string): SQL => eq(grants.assignmentId, assignmentId)
