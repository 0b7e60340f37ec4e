import { type Transaction, withTransaction } from '@chartward/db'
import { z } from 'zod'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { isForUpload } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { chunksOf, MOST_NAMED } from '../import/chunks.ts'
import { uploadName } from '../import/tokens.ts'
import { trustedRow } from '../import/trusted-care.ts'
import { requireTrustable } from './may-trust.ts'
import type { Gain } from './trust-plan.ts'
import { findUpload } from './upload-row.ts'

/** That the care an upload tells of counts for those whom it names, as two people have agreed. */
export const uploadTrustApproval = defineApprovalKind({
  subject: isForUpload,
  request: 'import:upload:trust',
  decide: 'access:approval:decide',
  // About no one account: of those whom the upload names, only who has enrolled gains by it.
  enrolledOnly: false,
  payload: z.strictObject({}),

  describe: async (app, _policy, { approval }) => {
    const { source } = await findUpload(app.db, app, approval.subjectId)
    return { line: `Trust an upload from ${uploadName(source)}`, endsAt: null, role: null, gives: [] }
  },

  carryOut: async (tx, app, by, { approval: { id, subjectId, requestedBy, decidedBy } }) => {
    const upload = await findUpload(tx, app, subjectId)
    if (decidedBy === null || decidedBy === upload.uploadedBy)
      throw new ChartwardError(
        'SECOND_PERSON_REQUIRED',
        'You have uploaded this file: somebody else decides on it.',
      )
    const { gains } = await requireTrustable(tx, app, upload, [requestedBy, decidedBy])
    await give(tx, app, by, { upload, approval: id, gains })
  },

  turnDown: async () => undefined,
})

/** Writes the relationships, with an entry for each patient, which commits to theirs. */
const give = async (
  tx: Transaction,
  app: App,
  by: EntryBase,
  given: { readonly upload: RowOf<'upload'>; readonly approval: string; readonly gains: readonly Gain[] },
): Promise<void> => {
  const { id: upload, source } = given.upload
  for (const [patientId, gains] of Map.groupBy(given.gains, (gain) => gain.patientId)) {
    for (const some of chunksOf(gains, MOST_NAMED)) {
      const rows = some.map((gain) => trustedRow({ id: newId(), ...gain }))
      await withTransaction(tx, [patientId], () => app.vouching.insert(tx, 'care-relationship', rows))
      await app.audit.append(tx, {
        ...by,
        action: 'import.trusted',
        outcome: 'success',
        resource: { type: 'Upload', id: upload },
        patientId,
        change: { before: { trusted: false }, after: { trusted: true, approval: given.approval } },
        facts: { upload, source, careRelationships: rows.map(({ id }) => id) },
      })
    }
  }
}
