import type { PasskeyMade, PasskeyWanted } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { SessionId, UserId } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'
import { CHALLENGE_MS, newChallenge, takeChallenge } from './challenges.ts'
import { refused } from './refusals.ts'
import { relyingParty } from './relying-party.ts'
import { describedTo, handleFor, insertPasskey, passkeysOf } from './rows.ts'
import { ALGORITHMS, verifyMade } from './verify.ts'

interface Owner {
  readonly id: UserId
  readonly email: string
  readonly displayName: string
}

/** What a new passkey of somebody is to be made of, in this session of theirs. */
export const wantPasskey = async (
  tx: Transaction,
  app: Pick<App, 'keyring' | 'clock' | 'settings' | 'vouching'>,
  owner: Owner,
  sessionId: SessionId,
): Promise<PasskeyWanted> => {
  const rows = await passkeysOf(tx, owner.id)
  if (!(await app.vouching.admitsAll('passkey', owner.id, rows))) throw new ChartwardError('INTEGRITY')
  const userHandle = handleFor(rows)
  const { attempt, challenge } = await newChallenge(tx, app, { purpose: 'register', sessionId, userHandle })
  const { id, name } = relyingParty(app)
  return {
    attempt,
    challenge: challenge.toString('base64url'),
    rp: { id, name },
    // The address is what the authenticator lists it by; what it knows it by is the handle.
    user: { id: userHandle.toString('base64url'), name: owner.email, displayName: owner.displayName },
    algorithms: [...ALGORITHMS],
    excluded: describedTo(rows),
    timeoutMs: CHALLENGE_MS,
  }
}

/** A new passkey that was checked, for `add` to put in force in the caller's transaction; gives its id. */
interface CheckedNew {
  add(tx: Transaction): Promise<string>
}

/** Checks a new passkey. The challenge is used up, whatever comes of it. Throws PASSKEY_REFUSED. */
export const checkNewPasskey = async (
  app: App,
  { userId, sessionId }: { readonly userId: UserId; readonly sessionId: SessionId },
  sent: PasskeyMade,
): Promise<CheckedNew> => {
  const asked = await takeChallenge(app, sent.attempt, { purpose: 'register', sessionId })
  if (asked.userHandle === null) throw refused('challenge')
  const owner = { userId, userHandle: asked.userHandle }
  const made = await verifyMade(relyingParty(app), asked.challenge, sent)
  return { add: (tx) => insertPasskey(tx, app, owner, made, sent) }
}
