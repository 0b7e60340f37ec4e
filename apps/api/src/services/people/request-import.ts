import type { RequestPeopleImportInput, RequestPeopleImportOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { requestApproval } from '../approvals/approval.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { askedFor, changeRow, findChange, reasonPlace } from './change-row.ts'
import { requireParts, requireSame } from './parts.ts'
import { planOf } from './plan.ts'

/**
 * Asks that a file is carried out, as its dry run was looked at. It takes a second person whatever stands in
 * it, who is bound to what they see.
 */
export const requestPeopleImport = async ({
  ctx: { app, user, entry },
  input: { id, hash, reason },
}: {
  readonly ctx: VerbContext<'people.change-requested'>
  readonly input: RequestPeopleImportInput
}): Promise<RequestPeopleImportOutput> => {
  entry.about({ type: 'people-change', id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'account:people:import')
    const row = await findChange(tx, app, id)
    if (row.kind !== 'import' || row.askedBy !== user.id) throw new ChartwardError('NOT_FOUND')
    const asked = await askedFor(app, row)
    if (row.approvalId !== null || asked === null)
      throw new ChartwardError('CONFLICT', 'This file has been asked for already, or was discarded.')
    const plan = await planOf(tx, app, asked)
    requireSame(plan, hash)
    await requireParts(tx, app, user.id, plan)
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'people-change',
      subjectId: row.id,
      payload: { sha256: asked.sha256, plan: hash },
      requestedBy: user.id,
      reason,
    })
    await changeRow(tx, app, row.id, {
      approvalId,
      reason: sealText(app.keyring, reasonPlace(row.id), reason),
    })
    const { create, change, refused } = plan.counts
    await entry.changed(tx, {
      change: {
        before: null,
        after: {
          kind: 'import',
          sha256: asked.sha256,
          plan: hash,
          create,
          change,
          refused,
          approval: approvalId,
        },
      },
      patientId: null,
      records: null,
      note: reason,
    })
    return { outcome: 'pending-approval', approvalId }
  })
}
