import type { KeyCostInput, KeyCostOutput } from '@chartward/contract'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { keyRotations } from './rotation-row.ts'
import { targetOf } from './targets.ts'
import { countToDo, dueBefore } from './to-do.ts'

/** Telling enough of how fast a rotation goes. */
const TELLING_MS = 1000

/**
 * What a rotation would cost that begins now: how much is made anew, and for how long that took last time.
 */
export const keyCost = async ({
  ctx: { app },
  input: { purpose },
}: {
  readonly ctx: VerbContext<'key.listed'>
  readonly input: KeyCostInput
}): Promise<KeyCostOutput> => {
  const target = targetOf(purpose)
  const things = await countToDo(app, target, dueBefore(app, app.clock()), 'before-it')
  const [last] = await app.db.orm
    .select()
    .from(keyRotations)
    .where(
      and(
        eq(keyRotations.kind, target.kind),
        target.kind === 'system' ? eq(keyRotations.purpose, target.purpose) : isNull(keyRotations.purpose),
        gt(keyRotations.done, 0),
        gt(keyRotations.workedMs, TELLING_MS),
      ),
    )
    .orderBy(desc(keyRotations.id))
    .limit(1)
  const seconds = last === undefined ? null : Math.ceil((things * last.workedMs) / last.done / 1000)
  return { things, seconds }
}
