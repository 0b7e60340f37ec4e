import type { PasskeyUsed } from '@chartward/contract'
import { schema, type Transaction } from '@chartward/db'
import type { SessionId, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'
import { lockAccount } from '../account.ts'
import type { AuthEntry } from '../auth-entry.ts'
import { type ChallengePurpose, takeChallenge } from './challenges.ts'
import { PasskeyRefused, refused } from './refusals.ts'
import { relyingParty } from './relying-party.ts'
import { type Passkey, passkeysOf } from './rows.ts'
import { verifyUse } from './verify.ts'

const { passkeys } = schema

/** What was asked for, and of whom; of nobody where the passkey is to tell who is there. */
interface Asked {
  readonly purpose: Exclude<ChallengePurpose, 'register'>
  readonly session: { readonly id: SessionId; readonly userId: UserId } | null
}

/** A passkey whose signature holds, for `spend` to write down in the transaction of what it opens. */
export interface CheckedPasskey {
  readonly userId: UserId
  spend(tx: Transaction): Promise<void>
}

/**
 * Checks what an authenticator has signed. The challenge is used up first, whatever comes of it. No counter
 * of guesses is kept: a signature is not guessed, and a stranger must not lock anybody out by sending wrong
 * ones; how many are looked at in a minute is limited as for other secrets (`countSecret`). Throws
 * PASSKEY_REFUSED.
 */
export const checkPasskey = async (
  app: App,
  entry: AuthEntry,
  { purpose, session }: Asked,
  sent: PasskeyUsed,
): Promise<CheckedPasskey> => {
  const { challenge } = await takeChallenge(app, sent.attempt, { purpose, sessionId: session?.id ?? null })
  const passkey = await findPasskey(app, session?.userId ?? null, sent)
  entry.about(passkey.userId)
  entry.fact({ passkey: passkey.id })
  const used = await verifyUse(relyingParty(app), challenge, passkey, sent)
  requireCountedOn(passkey, used.signCount)
  return {
    userId: passkey.userId,
    spend: async (tx) => {
      await lockOwner(tx, app, passkey.userId, session !== null)
      await app.vouching.change(tx, 'passkey', eq(passkeys.id, passkey.id), (row) => {
        if (row.disabled) throw refused('unknown')
        requireCountedOn(row, used.signCount)
        return { ...used, lastUsedAt: app.clock() }
      })
    },
  }
}

/**
 * Locks the account. One that is closed or locked down says no more to whoever comes with a passkey of it
 * than one that was removed.
 */
const lockOwner = async (tx: Transaction, app: App, userId: UserId, isThere: boolean): Promise<void> => {
  try {
    const { status } = await lockAccount(tx, app, userId)
    if (status !== 'active') throw refused('unknown')
  } catch (error) {
    const isClosed = error instanceof ChartwardError && error.code === 'UNAUTHENTICATED'
    throw isClosed && !isThere ? refused('unknown', error) : error
  }
}

/**
 * The passkey of that id, if all that its owner has count; whether it is in force is asked as it is spent.
 * Whoever is there already uses their own; else the authenticator has to name the owner too (WebAuthn level
 * 3, section 7.2, step 6).
 */
const findPasskey = async (
  app: App,
  userId: UserId | null,
  { id, userHandle }: PasskeyUsed,
): Promise<Passkey> => {
  const credentialId = Buffer.from(id, 'base64url')
  const [found] = await app.db.orm.select().from(passkeys).where(eq(passkeys.credentialId, credentialId))
  const handle = userHandle === null ? null : Buffer.from(userHandle, 'base64url')
  const isTheirs =
    found !== undefined &&
    (userId === null ? handle?.equals(found.userHandle) === true : found.userId === userId)
  if (!isTheirs) throw refused('unknown')
  const all = await passkeysOf(app.db, found.userId)
  if (!(await app.vouching.admitsAll('passkey', found.userId, all))) throw new ChartwardError('INTEGRITY')
  return found
}

/**
 * An authenticator that counts tells more each time; one that tells no more than it did has a copy, or is
 * one. Only what has ever counted is judged.
 */
const requireCountedOn = (
  { signCount, userId }: Pick<Passkey, 'signCount' | 'userId'>,
  told: number,
): void => {
  if (signCount > 0 && told <= signCount) throw new PasskeyRefused('copied', { owner: userId })
}
