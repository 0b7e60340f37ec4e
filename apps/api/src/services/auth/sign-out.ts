import type { SignOutOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { RequestContext } from '../../guard/request-context.ts'
import { endSessionById } from '../../sessions/sessions.ts'
import { authStep } from './auth-entry.ts'

/**
 * Ends the session, at whatever stage it is. Without one there is nothing to end, and the browser forgets its
 * cookie all the same.
 */
export const signOut = async ({ ctx }: { readonly ctx: RequestContext }): Promise<SignOutOutput> => {
  const signedIn = await ctx.signedIn()
  if (signedIn !== null) {
    const { session } = signedIn
    await authStep(ctx, 'auth.sign-out', async (entry) => {
      entry.by(session.userId, session.id)
      await withTransaction(ctx.app.db, 'none', async (tx) => {
        await endSessionById(tx, ctx.app, session.id, { reason: 'sign-out', by: session.userId })
        await entry.succeed(tx)
      })
    })
  }
  ctx.setToken(null)
  return {}
}
