import type { AskForResetInput, AskForResetOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { authStep } from './auth-entry.ts'

/**
 * Somebody has forgotten their password. What was typed is sealed and queued, whatever it is: whether it is
 * anybody's address is found out later, by a job, so that neither the answer nor its time says it.
 */
export const askForReset = async ({
  ctx,
  input: { email, as },
}: {
  readonly ctx: RequestContext
  readonly input: AskForResetInput
}): Promise<AskForResetOutput> =>
  authStep(ctx, 'auth.password.reset-asked', async (entry) => {
    const { app, ip } = ctx
    if (app.settings.smtp === null)
      throw new ChartwardError('UNAVAILABLE', 'No mail is sent from here: ask an administrator for a link.')
    await withTransaction(app.db, 'none', async (tx) => {
      await queueMail(tx, app, { kind: 'reset-asked', typed: email, as, ip })
      await entry.succeed(tx)
    })
    return {}
  })
