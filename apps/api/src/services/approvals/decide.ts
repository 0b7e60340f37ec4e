import type { Transaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { type Approval, type Decision, decideApproval } from './approval.ts'
import { KINDS } from './kinds.ts'

/**
 * Decides a request and does what follows of it by its kind, in the caller's transaction. `record` writes the
 * entry of the decision, before those of what follows. Rejects as `decideApproval` does.
 */
export const decide = async (
  tx: Transaction,
  ctx: Pick<VerbContext, 'app' | 'user' | 'entry' | 'separation'>,
  decision: Decision,
  record: (decided: Approval) => Promise<unknown>,
): Promise<void> => {
  const decided = await decideApproval(tx, ctx, decision)
  const { mark, carryOut, turnDown } = KINDS[decided.kind]
  await mark(tx, ctx.app, decided, decision.status)
  await record(decided)
  if (decision.status === 'rejected') await turnDown(tx, decided)
  else await carryOut(tx, ctx.app, ctx.entry.draft('success', null), decided)
}
