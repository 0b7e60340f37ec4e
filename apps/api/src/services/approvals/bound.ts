import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'

/** How the payload of a lockdown says that whoever began it is bound by it until somebody else has looked. */
export const BINDS = 'requester'

/**
 * Throws SECOND_PERSON_REQUIRED for whoever has locked a privileged person down and waits for somebody else
 * to confirm or lift it: nobody shuts out those who could refuse, and then goes on.
 */
export const requireUnbound = async ({ sql }: Transaction, userId: UserId): Promise<void> => {
  const open = await sql`
    select from approvals
    where kind = 'lockdown' and status = 'pending' and requested_by = ${userId} and payload->>'binds' = ${BINDS} limit 1`
  if (open.length === 0) return
  throw new ChartwardError(
    'SECOND_PERSON_REQUIRED',
    'You have locked a privileged account down. Until somebody else confirms or lifts that, you can neither ask for nor decide on what takes two people.',
  )
}
