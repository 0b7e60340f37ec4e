import { withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { keyRotations, type RotationRow } from '../rotation-row.ts'
import { runRotations } from '../run-rotations.ts'
import { type RotationOrder, startRotation } from '../start-rotation.ts'
import type { Target } from '../targets.ts'

const BY = { actor: { kind: 'system', name: 'test' } } as const

/** Begins a rotation as somebody by hand, and gives its id. */
export const startOne = (app: App, target: Target, cause: RotationOrder['cause'] = 'hand'): Promise<string> =>
  withTransaction(app.db, 'none', (tx) =>
    startRotation(tx, app, { target, cause, askedBy: null, reason: null, entry: BY }),
  )

/** Takes the rotations as far as they come, and gives how one of them stands then. */
export const runOf = async (app: App, id: string, turnMs?: number): Promise<RotationRow> => {
  await runRotations(app, new AbortController().signal, turnMs)
  const [row] = await app.db.orm.select().from(keyRotations).where(eq(keyRotations.id, id))
  if (row === undefined) throw new Error('there is no such rotation')
  return row
}
