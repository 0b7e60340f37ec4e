import type { CareWindowInput, CareWindowOutput } from '@chartward/contract'
import { countWindow } from '../../care/window.ts'
import type { VerbContext } from '../../guard/guard.ts'

/**
 * How many care relationships end by the window that encounters count for, or by another. Nothing changes.
 */
export const careWindow = async ({
  ctx: { app, entry },
  input,
}: {
  ctx: VerbContext<'care.window.viewed'>
  input: CareWindowInput
}): Promise<CareWindowOutput> => {
  const days = app.settings.careRelationshipDays
  const asked = input.days ?? days
  const counted = await countWindow(app.db, { days, asked, now: app.clock() })
  entry.shown({ count: counted.end, resource: { type: 'CareTeam', id: null } })
  return { days, asked, ...counted }
}
