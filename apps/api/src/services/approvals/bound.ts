import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

const { approvals } = schema

/** How the payload of a lockdown says that whoever began it is bound by it until somebody else has looked. */
export const BINDS = 'requester'

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
  const binds = theirs.some(
    ({ kind, status, payload }) => kind === 'lockdown' && status === 'pending' && payload.binds === BINDS,
  )
  if (!binds) return
  throw new ChartwardError(
    'SECOND_PERSON_REQUIRED',
    'You have locked a privileged account down. Until somebody else confirms or lifts that, you can neither ask for nor decide on what takes two people.',
  )
}
