import type { DiscardPeopleImportInput, DiscardPeopleImportOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { findChange, forgetContent } from './change-row.ts'

/** Deletes a file that nobody has been asked to decide on. */
export const discardPeopleImport = async ({
  ctx: { app, user, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'people.change-requested'>
  readonly input: DiscardPeopleImportInput
}): Promise<DiscardPeopleImportOutput> => {
  entry.about({ type: 'people-change', id }, null)
  return withTransaction(app.db, 'none', async (tx) => {
    await oneAtATime(tx)
    const row = await findChange(tx, app, id)
    if (row.kind !== 'import' || row.askedBy !== user.id) throw new ChartwardError('NOT_FOUND')
    if (row.approvalId !== null || row.content === null)
      throw new ChartwardError('CONFLICT', 'This file has been asked for already, or was discarded.')
    await forgetContent(tx, row.id)
    await entry.changed(tx, {
      change: { before: { kept: true }, after: { kept: false } },
      patientId: null,
      records: null,
    })
    return {}
  })
}
