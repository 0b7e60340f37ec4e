import type { Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { type Approval, type Decision, decideApproval, isForUser } from './approval.ts'
import { KINDS } from './kinds.ts'
import { isEnrolled, requireRight } from './standing.ts'
import { requireAsShown } from './terms.ts'

type Context = Pick<VerbContext, 'app' | 'user' | 'entry' | 'separation'>

/**
 * Decides a request and does what follows of it by its kind, in the caller's transaction. `record` writes the
 * entry of the decision, before those of what follows. Rejects as `decideApproval` does, with FORBIDDEN where
 * whoever decides no longer may, and with CONFLICT where it is no longer what they
 * have looked at, or can't be approved now.
 */
export const decide = async (
  tx: Transaction,
  ctx: Context,
  decision: Decision,
  record: (decided: Approval) => Promise<unknown>,
): Promise<void> => {
  const decided = await decideApproval(tx, ctx, decision)
  const patientId = await KINDS[decided.kind].patientOf(tx, ctx.app, decided)
  await requireRight(tx, ctx.app, {
    holder: ctx.user.id,
    permission: KINDS[decided.kind].decide,
    about: isForUser(decided) ? decided.subjectId : null,
    patientId,
    message: 'Your role does not permit this any more.',
  })
  if (decision.shown !== null) await requireAsShown(tx, ctx.app, decided, decision.shown)
  if (decision.status === 'approved') await requireApprovable(tx, ctx, decided, patientId)
  const { mark, carryOut, turnDown } = KINDS[decided.kind]
  await mark(tx, ctx.app, decided, decision.status)
  await record(decided)
  const follow = decision.status === 'approved' ? carryOut : turnDown
  await follow(tx, ctx.app, ctx.entry.draft('success', null), decided)
}

/** A request can be turned down by whoever decides; only one that stands as it was asked can be approved. */
const requireApprovable = async (
  tx: Transaction,
  { app }: Context,
  decided: Approval,
  patientId: PatientId | null,
): Promise<void> => {
  const { request, enrolledOnly } = KINDS[decided.kind]
  const about = isForUser(decided) ? decided.subjectId : null
  try {
    await requireRight(tx, app, {
      holder: decided.requestedBy,
      permission: request,
      about,
      patientId,
      message: '',
    })
  } catch (error) {
    throw new ChartwardError(
      'CONFLICT',
      'Whoever asked for this may not ask for it any more. Reject it; somebody else can ask anew.',
      { cause: error },
    )
  }
  if (about === null || !enrolledOnly || (await isEnrolled(tx, app, about))) return
  throw new ChartwardError(
    'CONFLICT',
    'This person has not enrolled yet: whoever has their invitation link could take the account over. The request waits until they have signed in.',
  )
}
