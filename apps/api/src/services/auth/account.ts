import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'

interface Account {
  readonly status: 'invited' | 'active'
  readonly email: string
  readonly displayName: string
}

/**
 * Locks the account's row for the rest of the transaction, so that what is done with one person's
 * sessions and factors comes one after the other. Throws UNAUTHENTICATED where the account has been
 * suspended or deactivated meanwhile.
 */
export const lockAccount = async (tx: Transaction, userId: UserId): Promise<Account> => {
  const [row] = await tx.sql<
    { status: Account['status'] | 'suspended' | 'deactivated'; email: string; displayName: string }[]
  >`
    select status, email, display_name as "displayName" from users where id = ${userId} for no key update`
  if (row === undefined || row.status === 'suspended' || row.status === 'deactivated')
    throw new ChartwardError('UNAUTHENTICATED')
  return { ...row, status: row.status }
}
