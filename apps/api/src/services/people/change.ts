import type { ChangePeopleInput, ChangePeopleOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { agree } from './agree.ts'
import { type ChangeId, changeRow, concernedBy, insertChange, reasonPlace } from './change-row.ts'
import { requireParts, requireSame } from './parts.ts'
import { planOf } from './plan.ts'
import { askedByAct } from './preview.ts'
import { wantsOf } from './wanted-by-act.ts'

/**
 * Asks for what was looked at, for all of them in one act: it is done at once, as long work, unless a part of
 * it takes a second person. Then one decides on all of it. Rejects CONFLICT where it would come to something
 * else by now, and FORBIDDEN where a part of it is not permitted.
 */
export const changePeople = async ({
  ctx: { app, user, policy, entry, separation },
  input,
}: {
  readonly ctx: VerbContext<'people.change-requested'>
  readonly input: ChangePeopleInput
}): Promise<ChangePeopleOutput> => {
  wantsOf(input.change, policy, app.clock())
  const id: ChangeId = newId()
  const { reason, hash } = input
  entry.about({ type: 'people-change', id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:people:change')
    const asked = askedByAct(input, user.id)
    const plan = await planOf(tx, app, asked)
    requireSame(plan, hash)
    const [first = user.id, ...others] = concernedBy(plan)
    separation.require(first, ...others)
    await requireParts(tx, app, user.id, plan)
    const { kind, askedBy, content, sha256 } = asked
    await insertChange(tx, app, { id, kind, askedBy, content, lines: plan.lines.length })
    await changeRow(tx, app, id, { reason: sealText(app.keyring, reasonPlace(id), reason) })
    const recorded = { patientId: null, records: null, note: reason }
    const said = { kind, sha256, plan: hash, people: plan.counts.change }
    if (plan.needsSecond === 0) {
      const { workId } = await agree(tx, app, { id, plan, askedBy: user.id })
      const after = { ...said, outcome: 'started', work: workId }
      await entry.changed(tx, { change: { before: null, after }, ...recorded })
      return { outcome: 'started', id, workId }
    }
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'people-change',
      subjectId: id,
      payload: { sha256, plan: hash },
      requestedBy: user.id,
      reason,
    })
    await changeRow(tx, app, id, { approvalId })
    const after = { ...said, outcome: 'pending-approval', approval: approvalId }
    await entry.changed(tx, { change: { before: null, after }, ...recorded })
    return { outcome: 'pending-approval', approvalId, id }
  })
}
