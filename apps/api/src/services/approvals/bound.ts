import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

const { approvals } = schema

/** How the payload of a lockdown says that whoever began it is bound by it until somebody else has looked. */
export const BINDS = 'requester'

type Row = Pick<typeof approvals.$inferSelect, 'kind' | 'status' | 'payload'>

const binds = ({ kind, status, payload }: Row): boolean =>
  kind === 'lockdown' && status === 'pending' && payload.binds === BINDS

/** Whether somebody can decide on nothing for now, as `requireUnbound` says: for what is shown to them. */
export const isBound = async ({ db }: Pick<App, 'db'>, userId: UserId): Promise<boolean> => {
  const { kind, status, payload } = approvals
  const theirs = await db.orm
    .select({ kind, status, payload })
    .from(approvals)
    .where(and(eq(approvals.requestedBy, userId), eq(kind, 'lockdown'), eq(status, 'pending')))
  return theirs.some(binds)
}

/**
 * Throws SECOND_PERSON_REQUIRED for whoever has locked a privileged person down and waits for somebody else
 * to confirm or lift it: nobody shuts out those who could refuse, and then goes on.
 */
export const requireUnbound = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<void> => {
  const theirs = await tx.orm.select().from(approvals).where(eq(approvals.requestedBy, userId))
  // A lockdown that was taken away, or put back to another state, binds all the same.
  if (!(await vouching.admitsAll('approval', userId, theirs))) throw new ChartwardError('INTEGRITY')
  if (!theirs.some(binds)) return
  throw new ChartwardError(
    'SECOND_PERSON_REQUIRED',
    'You have locked a privileged account down. Until somebody else confirms or lifts that, you can neither ask for nor decide on what takes two people.',
  )
}
