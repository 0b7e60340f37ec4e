import type { ListOwnBreakGlassOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { desc, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { type GrantRow, isOpen, useOf } from './view.ts'

const { breakGlassGrants: grants } = schema

/** As many as one looks back at. */
const MOST = 100

const vouchedOf = async ({ db, vouching }: App, userId: UserId): Promise<GrantRow[]> => {
  const rows = await db.orm
    .select()
    .from(grants)
    .where(eq(grants.userId, userId))
    .orderBy(desc(grants.id))
    .limit(MOST)
  const admitted = await Promise.all(rows.map((row) => vouching.admits('break-glass', row)))
  return rows.filter((_, at) => admitted[at])
}

/** One's own uses of break-glass, the latest first, and whether somebody has looked at them. */
export const listOwnBreakGlass = async ({
  ctx: { app, user, entry },
}: {
  ctx: VerbContext<'break-glass.listed'>
}): Promise<ListOwnBreakGlassOutput> => {
  const rows = await vouchedOf(app, user.id)
  entry.shown({ count: rows.length, resource: { type: 'BreakGlass', id: null } })
  const now = app.clock()
  return {
    items: rows.map((row) => ({ ...useOf(row, now), reviewedAt: row.reviewedAt?.toISOString() ?? null })),
  }
}

/** What of a person's own uses is said on every page: what is open, and what nobody has reviewed yet. */
export interface OwnStanding {
  readonly open: { readonly id: string; readonly patientId: string; readonly endsAt: string }[]
  readonly unreviewed: number
  readonly unreviewedSince: string | null
}

/** `held`: the role assignments in force. A use of one that is not opens nothing, and is not said to. */
export const ownStanding = async (
  app: App,
  userId: UserId,
  held: ReadonlySet<string>,
): Promise<OwnStanding> => {
  const now = app.clock()
  const rows = await vouchedOf(app, userId)
  const open = rows.filter((row) => isOpen(row, now) && held.has(row.assignmentId))
  const unreviewed = rows.filter((row) => row.verdict === null && !isOpen(row, now))
  return {
    open: open.map(({ id, patientId, endsAt }) => ({ id, patientId, endsAt: endsAt.toISOString() })),
    unreviewed: unreviewed.length,
    unreviewedSince: unreviewed.at(-1)?.startsAt.toISOString() ?? null,
  }
}
