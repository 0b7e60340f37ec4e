import type { RotateKeyOutput, RotatePatientKeyInput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { startRotation } from './start-rotation.ts'

/** Begins a rotation of one patient's key, since somebody may have it who should not. */
export const rotatePatientKey = ({
  ctx: { app, user, entry },
  input: { patientId, reason },
}: {
  readonly ctx: VerbContext<'key.patient-rotation-asked'>
  readonly input: RotatePatientKeyInput
}): Promise<RotateKeyOutput> =>
  withTransaction(app.db, [patientId], async (tx) => {
    const [key] = await tx.sql`select from patient_keys where patient_id = ${patientId} and state = 'primary'`
    if (key === undefined) throw new ChartwardError('NOT_FOUND')
    const target = { kind: 'patient', patientId } as const
    const order = {
      target,
      cause: 'suspicion',
      askedBy: user.id,
      reason,
      entry: { actor: { kind: 'user', id: user.id } },
    } as const
    const id = await startRotation(tx, app, order)
    entry.about({ type: 'KeyRotation', id }, patientId)
    await entry.changed(tx, {
      change: { before: null, after: { cause: 'suspicion', state: 'running' } },
      patientId,
      records: null,
      note: reason,
    })
    return { id }
  })
