import { withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { SYSTEM_KEY_PURPOSES } from '../../keys/system-keys.ts'
import { destroyFreeKeys } from './destroy.ts'
import { retireKeks, retirePatientKeys, retireSystemKeys } from './retire.ts'
import { startRotation } from './start-rotation.ts'
import type { Target } from './targets.ts'
import { countToDo, dueBefore } from './to-do.ts'

const DAY_MS = 86_400_000
const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const

/**
 * What the clocks of keys ask for: rotations of keys that have been in force for as long as they may, and the
 * end of earlier keys that nothing needs any more.
 */
export const keepKeyClocks = async (app: App, signal: AbortSignal): Promise<void> => {
  for (const target of await dueTargets(app)) {
    signal.throwIfAborted()
    await startDue(app, target)
  }
  signal.throwIfAborted()
  if (app.rekey === null) return
  await retireKeks(app)
  for (const purpose of SYSTEM_KEY_PURPOSES) await retireSystemKeys(app, purpose)
  await retirePatientKeys(app, app.rekey, null)
  await destroyFreeKeys(app)
}

const startDue = async (app: App, target: Target): Promise<void> => {
  try {
    await withTransaction(app.db, 'none', (tx) =>
      startRotation(tx, app, { target, cause: 'schedule', askedBy: null, reason: null, entry: BY }),
    )
    await app.keyring.refresh()
  } catch (error) {
    // Somebody has begun one by hand, or an earlier one is paused.
    if (!(error instanceof ChartwardError) || error.code !== 'CONFLICT') throw error
  }
}

const dueTargets = async (app: App): Promise<Target[]> => {
  const now = app.clock()
  const before = new Date(now.getTime() - app.settings.keys.days * DAY_MS).toISOString()
  const rows = await app.db.sql<{ purpose: string }[]>`
    select 'kek' as purpose from keks where state = 'primary' and state_at < ${before}
    union all select purpose from system_keys where state = 'primary' and state_at < ${before}`
  const due = new Set(rows.map(({ purpose }) => purpose))
  const targets: Target[] = due.has('kek') ? [{ kind: 'kek' }] : []
  for (const purpose of SYSTEM_KEY_PURPOSES) if (due.has(purpose)) targets.push({ kind: 'system', purpose })
  const patients = { kind: 'patient', patientId: null } as const
  return (await countToDo(app, patients, dueBefore(app, now))) > 0 ? [...targets, patients] : targets
}
