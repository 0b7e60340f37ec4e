import type { ViewFactorResetInput, ViewFactorResetOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../../core/errors.ts'
import type { RequestContext } from '../../../guard/request-context.ts'
import { authStep } from '../auth-entry.ts'
import { resetOfToken } from './reset-rows.ts'

const { users } = schema

/** Whom a link is for, shown to whoever holds it. Looking does not use it up. */
export const viewFactorReset = async ({
  ctx,
  input: { token },
}: {
  readonly ctx: RequestContext
  readonly input: ViewFactorResetInput
}): Promise<ViewFactorResetOutput> =>
  authStep(ctx, 'auth.factor-reset.viewed', async (entry) => {
    const { app } = ctx
    const { id, userId, expiresAt } = await resetOfToken(app, token)
    const [user] = await app.db.orm.select().from(users).where(eq(users.id, userId))
    if (user?.status !== 'active') throw new ChartwardError('RESET_INVALID')
    const { displayName } = await app.vouching.require('user', user)
    entry.about(userId)
    entry.fact({ reset: id })
    await app.audit.commit(entry.draft('success', null))
    return { displayName, expiresAt: expiresAt.toISOString() }
  })
