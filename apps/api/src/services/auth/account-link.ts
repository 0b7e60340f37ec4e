import { newToken } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { readSignInRows } from './account.ts'
import { calledAs } from './called-as.ts'
import type { Whose } from './whose.ts'

const { accountLinks, users } = schema

type Purpose = (typeof accountLinks.$inferSelect)['purpose']

const PATHS: Readonly<Record<Purpose, string>> = { 'password-reset': '/reset', address: '/address' }

/** The token stands in the fragment, which browsers send to nobody. */
export const linkUrl = (publicUrl: string, purpose: Purpose, token: string): string =>
  `${publicUrl.replace(/\/$/, '')}${PATHS[purpose]}#${token}`

/** What the MAC that a link's token is known by is over: a link for one thing opens no other. */
const textOf = (purpose: Purpose, token: string): string => `${purpose}\0${token}`

interface NewLink {
  readonly linkId: string
  readonly token: string
  readonly expiresAt: Date
}

const standingOf = (userId: UserId) =>
  and(eq(accountLinks.userId, userId), isNull(accountLinks.usedAt), isNull(accountLinks.revokedAt))

/** Withdraws every link of a user that has not been used. */
export const revokeLinks = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  userId: UserId,
): Promise<void> => {
  await vouching.end(tx, 'account-link', standingOf(userId), { revokedAt: clock() })
}

/** Makes a single-use link, and withdraws an earlier one for the same. An entry has to follow. */
export const createLink = async (
  tx: Transaction,
  { clock, keyring, vouching }: Pick<App, 'clock' | 'keyring' | 'vouching'>,
  wanted: {
    readonly userId: UserId
    readonly purpose: Purpose
    readonly email: string | null
    readonly askedBy: UserId | null
    readonly lifeMs: number
  },
): Promise<NewLink> => {
  const { lifeMs, ...row } = wanted
  const now = clock()
  const earlier = and(standingOf(row.userId), eq(accountLinks.purpose, row.purpose))
  await vouching.end(tx, 'account-link', earlier, { revokedAt: now })
  const id = newId()
  const token = newToken()
  const expiresAt = new Date(now.getTime() + lifeMs)
  const tokenHash = keyring.mac('tokens', textOf(row.purpose, token))
  await vouching.insert(tx, 'account-link', [
    { id, ...row, tokenHash, createdAt: now, expiresAt, usedAt: null, revokedAt: null },
  ])
  return { linkId: id, token, expiresAt }
}

interface FoundLink {
  readonly id: string
  readonly userId: UserId
  readonly kind: Whose['kind']
  /** The address of the account, and the one that is to count. */
  readonly email: string
  readonly newEmail: string | null
  readonly displayName: string
  readonly expiresAt: Date
}

const stands = (now: Date) =>
  and(isNull(accountLinks.usedAt), isNull(accountLinks.revokedAt), gt(accountLinks.expiresAt, now))

/**
 * The link of a token. Throws LINK_INVALID where it is unknown, used, withdrawn or past its time, or where
 * the account is not open, not saying which.
 */
export const findLink = async (
  { db, clock, keyring, reads, vouching }: App,
  purpose: Purpose,
  token: string,
): Promise<FoundLink> => {
  const hashes = keyring.macs('tokens', textOf(purpose, token))
  const [row] = await db.orm
    .select()
    .from(accountLinks)
    .innerJoin(users, eq(users.id, accountLinks.userId))
    .where(
      and(
        inArray(accountLinks.tokenHash, hashes),
        eq(accountLinks.purpose, purpose),
        stands(clock()),
        eq(users.status, 'active'),
      ),
    )
  const counts =
    row !== undefined &&
    (await vouching.admits('account-link', row.account_links)) &&
    (await vouching.admits('user', row.users))
  if (!counts) throw new ChartwardError('LINK_INVALID')
  const { id, expiresAt, email: newEmail } = row.account_links
  const { id: userId } = row.users
  const called = await calledAs({ reads }, row.users)
  if (called === null) throw new ChartwardError('LINK_INVALID')
  const { kind, email, displayName } = called
  return { id, userId, kind, email, newEmail, displayName, expiresAt }
}

/** Uses a link up. Of two who try at the same moment one gets LINK_INVALID. */
export const spendLink = async (tx: Transaction, { clock, vouching }: App, id: string): Promise<void> => {
  const now = clock()
  const standing = and(eq(accountLinks.id, id), stands(now))
  const spent = await vouching.change(tx, 'account-link', standing, { usedAt: now })
  if (spent.length === 0) throw new ChartwardError('LINK_INVALID')
}

/**
 * Locks an account, and says whether its password can be reset: it is open, and has a second factor, which
 * is asked for. Without one the link alone would be the account; whoever has none is invited anew.
 */
export const mayReset = async (
  tx: Transaction,
  app: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<boolean> => {
  const [row] = await tx.orm.select().from(users).where(eq(users.id, userId)).for('no key update')
  if (row === undefined) return false
  const { status } = await app.vouching.require('user', row)
  const rows = await readSignInRows(tx, app, userId)
  return status === 'active' && rows !== null && rows.hasFactor && rows.passwords.length > 0
}
