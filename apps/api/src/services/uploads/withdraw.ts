import type { WithdrawUploadInput, WithdrawUploadOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { requireRight } from '../approvals/standing.ts'
import { startWork } from '../works/start-work.ts'
import { findUpload } from './upload-row.ts'
import { hasEnded, uploadWorks } from './upload-works.ts'
import { withdrawUploadWork } from './withdraw-upload-work.ts'

/**
 * Asks that what an upload has brought is taken back: by anybody who may, since nobody gets anything by it.
 * Rejects CONFLICT while it is still imported, or where it is withdrawn already.
 */
export const withdrawUpload = async ({
  ctx: { app, user, entry },
  input: { id, reason },
}: {
  readonly ctx: VerbContext<'import.withdrawal-requested'>
  readonly input: WithdrawUploadInput
}): Promise<WithdrawUploadOutput> =>
  withTransaction(app.db, 'none', async (tx) => {
    // Nobody trusts meanwhile what is taken back.
    await oneAtATime(tx)
    const upload = await findUpload(tx, app, id)
    await requireRight(tx, app, {
      holder: user.id,
      permission: 'import:upload:withdraw',
      about: null,
      message: 'Your role does not permit this any more.',
    })
    const works = (await uploadWorks(tx, app, [upload.id])).get(upload.id)
    if (works?.import == null || !hasEnded(works.import))
      throw new ChartwardError(
        'CONFLICT',
        'The upload is still being imported. Wait for its end, or cancel it.',
      )
    if (works.withdrawal?.state === 'done')
      throw new ChartwardError('CONFLICT', 'The upload is withdrawn already.')
    const started = await startWork(tx, app, withdrawUploadWork, { subjectId: upload.id, askedBy: user.id })
    await entry.changed(tx, {
      change: { before: { withdrawn: false }, after: { withdrawn: true, work: started.workId } },
      patientId: null,
      records: null,
      resource: { type: 'Upload', id: upload.id },
      note: reason,
    })
    return started
  })
