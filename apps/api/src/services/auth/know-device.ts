import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { RequestContext } from '../../guard/request-context.ts'
import { rememberDevice } from '../../sessions/device.ts'
import { notify } from '../notices/notify.ts'

/**
 * Has the browser in which somebody has just signed in fully be known to them; where they are known elsewhere
 * and were not here, they are told. Gives the token that the browser is to keep, once all of it is committed.
 */
export const knowDevice = async (tx: Transaction, ctx: RequestContext, userId: UserId): Promise<string> => {
  const { app, deviceToken, userAgent } = ctx
  const { token, isNew } = await rememberDevice(tx, app, { userId, token: deviceToken, userAgent })
  if (isNew) await notify(tx, app, userId, { word: 'new-device', from: ctx })
  return token
}
