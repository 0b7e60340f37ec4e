import { hash, timingSafeEqual } from 'node:crypto'
import { newToken } from '@chartward/crypto'
import { type Connection, schema } from '@chartward/db'
import type { SessionId } from '@chartward/policy'
import { eq, inArray, lt } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { later } from '../../../sessions/time.ts'
import { refused } from './refusals.ts'

const { passkeyChallenges } = schema

/** For as long the person may look for their authenticator. */
export const CHALLENGE_MS = 5 * 60_000

type ChallengeRow = typeof passkeyChallenges.$inferSelect
export type ChallengePurpose = ChallengeRow['purpose']

interface Bound {
  readonly purpose: ChallengePurpose
  /** The session that it is for; null for a sign-in that begins with the passkey. */
  readonly sessionId: SessionId | null
  /** Of a registration: what the authenticator will know its owner by. */
  readonly userHandle: Buffer | null
}

interface Asked {
  /** For the page that asks, and nowhere else: it comes back with what was signed. */
  readonly attempt: string
  readonly challenge: Buffer
}

const idOf = (attempt: string): string => hash('sha256', attempt, 'hex')

/**
 * What the MAC of a challenge is over: all of it, and the page's token, which is not stored. The key is one
 * that the database holds only wrapped.
 */
const textOf = (attempt: string, row: Omit<ChallengeRow, 'id' | 'mac'>): string =>
  JSON.stringify([
    'passkey-challenge',
    attempt,
    row.purpose,
    row.sessionId,
    row.challenge.toString('hex'),
    row.userHandle?.toString('hex') ?? null,
    row.expiresAt.toISOString(),
  ])

/** Makes what an authenticator is to sign, and remembers it for some minutes. */
export const newChallenge = async (
  { orm }: Pick<Connection, 'orm'>,
  { keyring, clock }: Pick<App, 'keyring' | 'clock'>,
  bound: Bound,
): Promise<Asked> => {
  const attempt = newToken()
  const challenge = Buffer.from(newToken(), 'base64url')
  const row = { ...bound, challenge, expiresAt: later(clock(), CHALLENGE_MS) }
  const mac = keyring.mac('tokens', textOf(attempt, row))
  await orm.insert(passkeyChallenges).values({ id: idOf(attempt), ...row, mac })
  return { attempt, challenge }
}

/**
 * Takes what was asked for, once: the row is gone whatever comes of it, before anything is looked at, also
 * where two processes are sent the same. Throws PASSKEY_REFUSED where there is none, where its time is over,
 * and where it was for something else or for another session.
 */
export const takeChallenge = async (
  { db, keyring, clock }: Pick<App, 'db' | 'keyring' | 'clock'>,
  attempt: string,
  wanted: { readonly purpose: ChallengePurpose; readonly sessionId: SessionId | null },
): Promise<ChallengeRow> => {
  const [row] = await db.orm
    .delete(passkeyChallenges)
    .where(eq(passkeyChallenges.id, idOf(attempt)))
    .returning()
  if (row === undefined) throw refused('challenge')
  const isOwn = keyring
    .macs('tokens', textOf(attempt, row))
    .some((mac) => mac.length === row.mac.length && timingSafeEqual(mac, row.mac))
  const fits =
    isOwn && row.expiresAt > clock() && row.purpose === wanted.purpose && row.sessionId === wanted.sessionId
  if (!fits) throw refused('challenge')
  return row
}

/** As many are deleted in one statement. */
const BATCH = 10_000

/** Deletes what nobody came back with: whoever opens the sign-in page leaves one. */
export const purgeChallenges = async ({ db, clock }: Pick<App, 'db' | 'clock'>): Promise<void> => {
  const over = db.orm
    .select({ id: passkeyChallenges.id })
    .from(passkeyChallenges)
    .where(lt(passkeyChallenges.expiresAt, clock()))
    .limit(BATCH)
  await db.orm.delete(passkeyChallenges).where(inArray(passkeyChallenges.id, over))
}
