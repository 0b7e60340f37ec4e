import { newToken } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import type { SessionId, UserId } from '@chartward/policy'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'
import { newId } from '../../../core/ids.ts'
import { later } from '../../../sessions/time.ts'
import type { RowOf } from '../../../vouch/kinds.ts'

const { factorResets } = schema

export type FactorReset = RowOf<'factor-reset'>

/** From when on it opens, it does so for this long. */
const OPEN_MS = 72 * 60 * 60_000

/** What the MAC that a link's token is known by is over. */
const textOf = (token: string): string => `factor-reset\0${token}`

/** Whether it may still lead to another factor, now or later. */
export const stands = ({ usedAt, endedAt, expiresAt }: FactorReset, now: Date): boolean =>
  usedAt === null && endedAt === null && expiresAt > now

export const isOpen = (reset: FactorReset, now: Date): boolean => stands(reset, now) && reset.opensAt <= now

/** That of a person which stands, or null; none does where one of theirs is none of ours. */
export const standingReset = async (
  { orm }: Connection,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  userId: UserId,
): Promise<FactorReset | null> => {
  const all = await orm.select().from(factorResets).where(eq(factorResets.userId, userId))
  if (!(await vouching.admitsAll('factor-reset', userId, all))) return null
  return all.find((reset) => stands(reset, clock())) ?? null
}

const unendedOf = (userId: UserId) =>
  and(eq(factorResets.userId, userId), isNull(factorResets.usedAt), isNull(factorResets.endedAt))

/** Ends what a person was let do. */
export const endFactorResets = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  userId: UserId,
  endedBy: UserId | null,
): Promise<void> => {
  await vouching.end(tx, 'factor-reset', unendedOf(userId), { endedAt: clock(), endedBy })
}

/** Lets a person enrol another factor, after `waitMs`, in the place of what they were let do before. */
export const insertFactorReset = async (
  tx: Transaction,
  app: Pick<App, 'clock' | 'vouching'>,
  {
    userId,
    approvalId,
    waitMs,
  }: { readonly userId: UserId; readonly approvalId: string; readonly waitMs: number },
): Promise<{ readonly id: string; readonly opensAt: Date; readonly expiresAt: Date }> => {
  const now = app.clock()
  await endFactorResets(tx, app, userId, null)
  const opensAt = later(now, waitMs)
  const row = { id: newId(), opensAt, expiresAt: later(opensAt, OPEN_MS) }
  await app.vouching.insert(tx, 'factor-reset', [{ ...row, userId, approvalId, createdAt: now }])
  return row
}

/** Makes its link's token, which is shown once; an earlier one is void, and so is who came in by it. */
export const renewResetToken = async (
  tx: Transaction,
  { keyring, vouching }: Pick<App, 'keyring' | 'vouching'>,
  id: string,
): Promise<string> => {
  const token = newToken()
  const tokenHash = keyring.mac('tokens', textOf(token))
  await vouching.change(tx, 'factor-reset', eq(factorResets.id, id), { tokenHash, sessionId: null })
  return token
}

/** The reset of a link, if it is open. Throws RESET_INVALID, not saying why. */
export const resetOfToken = async (
  { db, clock, keyring, vouching }: App,
  token: string,
): Promise<FactorReset> => {
  const hashes = keyring.macs('tokens', textOf(token))
  const [row] = await db.orm.select().from(factorResets).where(inArray(factorResets.tokenHash, hashes))
  if (row === undefined || !isOpen(row, clock()) || !(await vouching.admits('factor-reset', row)))
    throw new ChartwardError('RESET_INVALID')
  return row
}

/** Uses the link up, for one session. Of two who try at the same moment one gets RESET_INVALID. */
export const acceptReset = async (
  tx: Transaction,
  { clock, vouching }: App,
  { id, tokenHash }: FactorReset,
  sessionId: SessionId,
): Promise<void> => {
  if (tokenHash === null) throw new ChartwardError('RESET_INVALID')
  const same = and(eq(factorResets.id, id), eq(factorResets.tokenHash, tokenHash))
  const taken = await vouching.change(tx, 'factor-reset', same, (row) => {
    if (!isOpen(row, clock())) throw new ChartwardError('RESET_INVALID')
    return { tokenHash: null, sessionId }
  })
  if (taken.length === 0) throw new ChartwardError('RESET_INVALID')
}

/** Another factor is enrolled by it: it is over. */
export const useFactorReset = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  id: string,
): Promise<void> => {
  await vouching.change(tx, 'factor-reset', eq(factorResets.id, id), { usedAt: clock() })
}
