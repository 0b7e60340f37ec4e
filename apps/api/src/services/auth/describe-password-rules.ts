import type { PasswordRulesOutput } from '@chartward/contract'
import type { RequestContext } from '../../guard/request-context.ts'
import { REMEMBERED } from './passwords.ts'

/** What a page says while a password is typed. It is the same for everybody, and no secret: no entry. */
export const describePasswordRules = async ({
  ctx: { app },
}: {
  readonly ctx: RequestContext
}): Promise<PasswordRulesOutput> => {
  const { shortest, longest, kinds } = app.settings.passwords
  return { shortest, longest, kinds, remembered: REMEMBERED }
}
