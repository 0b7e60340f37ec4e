import type { RotatePatientKeyInput, RotatePatientKeyOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { retainedBackups } from '../backups/retained.ts'
import { startRotation } from './start-rotation.ts'

/** As many of the backups are named in the entry: it has its bound. */
const MOST_NAMED = 500

/**
 * Begins a rotation of one patient's key, since somebody may have it who should not. The key of before is
 * kept for as long as a backup needs it, so that none becomes unreadable to us; and whoever has that key
 * reads the patient in each of them until it is gone. So they are named, to the caller and in the entry.
 */
export const rotatePatientKey = ({
  ctx: { app, user, entry },
  input: { patientId, reason },
}: {
  readonly ctx: VerbContext<'key.patient-rotation-asked'>
  readonly input: RotatePatientKeyInput
}): Promise<RotatePatientKeyOutput> =>
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
    const kept = (await retainedBackups(tx, app.clock())).toReversed()
    const named = kept.slice(0, MOST_NAMED).map((backup) => backup.id)
    entry.about({ type: 'KeyRotation', id }, patientId)
    await entry.changed(tx, {
      change: {
        before: null,
        after: { cause: 'suspicion', state: 'running', kept: kept.length, backups: named },
      },
      patientId,
      records: null,
      note: reason,
    })
    return {
      id,
      backups: kept.map((backup) => ({
        id: backup.id,
        kind: backup.kind,
        startedAt: backup.startedAt.toISOString(),
        expiresAt: backup.expiresAt.toISOString(),
      })),
    }
  })
