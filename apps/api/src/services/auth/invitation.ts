import { hashToken } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

const { invitations, users } = schema

interface Invitation {
  readonly id: string
  readonly userId: UserId
  readonly email: string
  readonly displayName: string
  readonly expiresAt: Date
}

const stands = (now: Date) =>
  and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now))

/**
 * The invitation of a token. Throws INVITATION_INVALID where it is unknown, used, withdrawn or past its time,
 * not saying which.
 */
export const findInvitation = async ({ db, clock }: App, token: string): Promise<Invitation> => {
  const [row] = await db.orm
    .select({
      id: invitations.id,
      userId: users.id,
      email: users.email,
      displayName: users.displayName,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(and(eq(invitations.tokenHash, hashToken(token)), stands(clock()), eq(users.status, 'invited')))
  if (row === undefined) throw new ChartwardError('INVITATION_INVALID')
  return row
}

/** Uses an invitation up. Of two who try at the same moment one gets INVITATION_INVALID. */
export const spendInvitation = async (tx: Transaction, { clock }: App, id: string): Promise<void> => {
  const now = clock()
  const spent = await tx.orm
    .update(invitations)
    .set({ acceptedAt: now })
    .where(and(eq(invitations.id, id), stands(now)))
    .returning({ id: invitations.id })
  if (spent.length === 0) throw new ChartwardError('INVITATION_INVALID')
}
