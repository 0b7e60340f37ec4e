import type { SetHoldInput, SetHoldOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { requirePatient } from '../audit/accesses/require-patient.ts'
import { holdReasonOf } from './holds.ts'

/**
 * Puts a legal hold on a patient, at once and by one person. Of a hold and a destruction at the same moment
 * the first to lock the patient wins: the hold keeps everything, or is refused as DESTROYED.
 */
export const setHold = async ({
  ctx: { app, user, entry },
  input: { patientId, reason },
}: {
  readonly ctx: VerbContext<'hold.set'>
  readonly input: SetHoldInput
}): Promise<SetHoldOutput> => {
  await requirePatient(app, patientId)
  app.shredded.refuse(patientId)
  const id: Id<'legal-hold'> = newId()
  await withTransaction(app.db, [patientId], async (tx) => {
    const sealed = sealText(app.keyring, holdReasonOf({ id }), reason)
    await app.vouching.insert(tx, 'legal-hold', [
      { id, patientId, setBy: user.id, setAt: app.clock(), reason: sealed },
    ])
    await entry.changed(tx, {
      resource: { type: 'LegalHold', id },
      change: { before: null, after: { state: 'set' } },
      patientId,
      records: null,
      note: reason,
    })
  })
  return { id }
}
