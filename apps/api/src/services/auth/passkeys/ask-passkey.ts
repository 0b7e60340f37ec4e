import type { AskPasskeyInput, PasskeyAsked } from '@chartward/contract'
import type { SessionId, UserId } from '@chartward/policy'
import type { RequestContext } from '../../../guard/request-context.ts'
import { authStep, requireStage } from '../auth-entry.ts'
import { CHALLENGE_MS, newChallenge } from './challenges.ts'
import { relyingParty } from './relying-party.ts'
import { describedTo, passkeysOf } from './rows.ts'

/** The stage in which it is asked for, and what is done with it. */
const STEPS = {
  factor: { stage: 'factor', action: 'auth.sign-in.passkey' },
  'step-up': { stage: 'full', action: 'auth.step-up' },
} as const

/**
 * What an authenticator is to sign: for whoever is there, or for anybody. To a stranger it says nothing of
 * any account, since the authenticator itself knows whose passkeys it has. No secret is looked at, so it has
 * no entry; one that is refused has.
 */
export const askPasskey = async ({
  ctx,
  input: { purpose },
}: {
  readonly ctx: RequestContext
  readonly input: AskPasskeyInput
}): Promise<PasskeyAsked> => {
  if (purpose === 'sign-in') return asked(ctx, { purpose, sessionId: null, userId: null })
  const { stage, action } = STEPS[purpose]
  return authStep(
    ctx,
    action,
    async (entry) => {
      // As of a code: from elsewhere a factor is what is asked for, and here it is begun.
      const { session } = await requireStage(ctx, entry, stage, 'anywhere')
      return asked(ctx, { purpose, sessionId: session.id, userId: session.userId })
    },
    'no secret',
  )
}

const asked = async (
  { app }: RequestContext,
  to: {
    readonly purpose: AskPasskeyInput['purpose']
    readonly sessionId: SessionId | null
    readonly userId: UserId | null
  },
): Promise<PasskeyAsked> => {
  const { purpose, sessionId, userId } = to
  const allowed = userId === null ? [] : describedTo(await passkeysOf(app.db, userId))
  const { attempt, challenge } = await newChallenge(app.db, app, { purpose, sessionId, userHandle: null })
  return {
    attempt,
    challenge: challenge.toString('base64url'),
    rpId: relyingParty(app).id,
    allowed,
    timeoutMs: CHALLENGE_MS,
  }
}
