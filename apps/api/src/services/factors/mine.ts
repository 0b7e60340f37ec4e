import type { FactorsShown } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { factorsOf } from './factors-shown.ts'

/** What one signs in with oneself. */
export const myFactors = async ({
  ctx: { app, user, entry },
}: {
  readonly ctx: VerbContext<'factor.listed'>
}): Promise<FactorsShown> => {
  const shown = await factorsOf(app, user.id)
  const count = shown.authenticators.length + shown.passkeys.length
  entry.shown({ count, resource: { type: 'user', id: user.id } })
  return shown
}
