import type { FinishEnrolmentOutput } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { RequestContext } from '../../guard/request-context.ts'
import { forgetDevices } from '../../sessions/device.ts'
import type { Session } from '../../sessions/session.ts'
import { renewSession } from '../../sessions/sessions.ts'
import { notify } from '../notices/notify.ts'
import { updateUser } from '../users/user-row.ts'
import type { AuthEntry } from './auth-entry.ts'
import { voidFactors } from './factors.ts'
import { knowDevice } from './know-device.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { requireEnrolling } from './require-enrolling.ts'
import { useFactorReset } from './resets/reset-rows.ts'

/**
 * Ends an enrolment: `put` puts the factor in force and gives its id, the account is active, the session
 * full, and the recovery codes are given out, once. Where it is the way back of somebody who has lost their
 * factor, what they had is void in the same transaction: there is no moment with both, nor with neither.
 */
export const enrolFactor = async (
  ctx: RequestContext,
  entry: AuthEntry,
  session: Session,
  factor: { readonly kind: 'totp' | 'passkey'; put(tx: Transaction, userId: UserId): Promise<string> },
): Promise<FinishEnrolmentOutput> => {
  const { app } = ctx
  const { userId } = session
  const { token, device, recoveryCodes } = await withTransaction(app.db, 'none', async (tx) => {
    const { reset } = await requireEnrolling(tx, app, session)
    const factorId = await factor.put(tx, userId)
    const codes = await newRecoveryCodes(tx, app, userId)
    if (reset === null) await updateUser(tx, app, userId, { status: 'active' })
    else {
      await voidFactors(tx, app, userId, factorId)
      await useFactorReset(tx, app, reset)
      await forgetDevices(tx, app, userId, 'factor-lost')
      entry.fact({ reset })
    }
    const renewed = await renewSession(tx, app, session, app.clock(), ctx)
    const known = await knowDevice(tx, ctx, userId)
    entry.fact({ factor: factorId, kind: factor.kind })
    await entry.succeed(tx)
    await notify(tx, app, userId, { word: 'factor-added', from: ctx })
    return { token: renewed.token, device: known, recoveryCodes: codes }
  })
  ctx.setToken(token)
  ctx.setDeviceToken(device)
  return { recoveryCodes }
}
