import type { RotateKeyInput, RotateKeyOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { VerbContext } from '../../guard/guard.ts'
import { startRotation } from './start-rotation.ts'
import { targetOf } from './targets.ts'

/**
 * Begins a rotation of the KEK, of the key of a purpose, or of the patients' keys that are due. CONFLICT
 * while one of the same is under way.
 */
export const rotateKey = async ({
  ctx: { app, user, entry },
  input: { purpose, cause, reason },
}: {
  readonly ctx: VerbContext<'key.rotation-asked'>
  readonly input: RotateKeyInput
}): Promise<RotateKeyOutput> => {
  const id = await withTransaction(app.db, 'none', async (tx) => {
    const rotation = await startRotation(tx, app, {
      target: targetOf(purpose),
      cause,
      askedBy: user.id,
      reason,
      entry: { actor: { kind: 'user', id: user.id } },
    })
    entry.about({ type: 'KeyRotation', id: rotation }, null)
    await entry.changed(tx, {
      change: { before: null, after: { purpose, cause, state: 'running' } },
      patientId: null,
      records: null,
      note: reason,
    })
    return rotation
  })
  await app.keyring.refresh()
  return { id }
}
