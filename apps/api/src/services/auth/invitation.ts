import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { calledAs } from './called-as.ts'
import type { Whose } from './whose.ts'

const { invitations, users } = schema

/** What the MAC that an invitation's token is known by is over. */
export const invitationText = (token: string): string => `invitation\0${token}`

/** The token stands in the fragment, which browsers send to nobody. */
export const invitationUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/$/, '')}/invitation#${token}`

interface Invitation extends Whose {
  readonly id: string
  readonly userId: UserId
  readonly displayName: string
  readonly expiresAt: Date
}

const stands = (now: Date) =>
  and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now))

/**
 * The invitation of a token. Throws INVITATION_INVALID where it is unknown, used, withdrawn or past its time,
 * not saying which.
 */
export const findInvitation = async (
  { db, clock, keyring, reads, vouching }: App,
  token: string,
): Promise<Invitation> => {
  const hashes = keyring.macs('tokens', invitationText(token))
  const [row] = await db.orm
    .select()
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(and(inArray(invitations.tokenHash, hashes), stands(clock()), eq(users.status, 'invited')))
  const counts =
    row !== undefined &&
    (await vouching.admits('invitation', row.invitations)) &&
    (await vouching.admits('user', row.users))
  if (!counts) throw new ChartwardError('INVITATION_INVALID')
  const { id, expiresAt } = row.invitations
  const { id: userId } = row.users
  const called = await calledAs({ reads }, row.users)
  if (called === null) throw new ChartwardError('INVITATION_INVALID')
  const { kind, email, displayName } = called
  return { id, userId, kind, email, displayName, expiresAt }
}

/** Uses an invitation up. Of two who try at the same moment one gets INVITATION_INVALID. */
export const spendInvitation = async (
  tx: Transaction,
  { clock, vouching }: App,
  id: string,
): Promise<void> => {
  const now = clock()
  const standing = and(eq(invitations.id, id), stands(now))
  const spent = await vouching.change(tx, 'invitation', standing, { acceptedAt: now })
  if (spent.length === 0) throw new ChartwardError('INVITATION_INVALID')
}
