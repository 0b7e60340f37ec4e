import type { SignInInput, SignInOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { findDevice } from '../../sessions/device.ts'
import { endSession, startSession } from '../../sessions/sessions.ts'
import { lockAccount } from './account.ts'
import { forgetAttempts, passwordAttempts, withAttemptCounted } from './attempts.ts'
import { authStep } from './auth-entry.ts'
import { findCredentials, requireSameCredentials } from './credentials.ts'
import { hashPassword, needsRehash, passwordFits } from './password-hash.ts'
import { storeHash } from './passwords.ts'
import { addressKeysOf } from './whose.ts'

/**
 * The first step: address and password. An unknown address takes the same way as a known one, at the same
 * cost, to the same answer, and so does one of the other door: a patient's account is none at that for staff.
 * What comes next is the factor, or its enrolment where there has never been one;
 * nothing else can be reached.
 */
export const signIn = async ({
  ctx,
  input,
}: {
  readonly ctx: RequestContext
  readonly input: SignInInput
}): Promise<SignInOutput> =>
  authStep(ctx, 'auth.sign-in.password', async (entry) => {
    const { app } = ctx
    const whose = { email: input.email, kind: input.as }
    const owner = { addressKeys: addressKeysOf(app, whose) }
    const device = await findDevice(app.db, app, ctx.deviceToken, owner)
    const attempts = passwordAttempts(app, whose, device)
    const started = await withAttemptCounted(app, entry, attempts, async () => {
      const found = await findCredentials(app.db, app, whose)
      if (found !== null) entry.about(found.userId)
      const fits = await passwordFits(app, found?.passwordHash ?? null, input.password)
      if (!fits || found === null || found.passwordHash === null)
        throw new ChartwardError('WRONG_CREDENTIALS')
      const { userId, passwordHash, chosenAt } = found
      const rehashed = needsRehash(passwordHash)
        ? { hash: await hashPassword(app, input.password), chosenAt: chosenAt ?? app.clock() }
        : null
      return withTransaction(app.db, 'none', async (tx) => {
        await lockAccount(tx, app, userId)
        await requireSameCredentials(tx, app, whose, found)
        // Whoever held this browser's session before gives it up.
        if (ctx.token !== null) await endSession(tx, app, ctx.token, { reason: 'replaced', by: userId })
        const stage = found.hasFactor ? ('factor' as const) : ('enrol' as const)
        const { token, session } = await startSession(tx, app, { userId, stage, factorAt: null, origin: ctx })
        if (rehashed !== null) await storeHash(tx, app, userId, rehashed)
        await forgetAttempts(tx, app, attempts)
        entry.by(userId, session.id)
        entry.fact({ stage })
        await entry.succeed(tx)
        return { token, stage }
      })
    })
    ctx.setToken(started.token)
    return { stage: started.stage }
  })
