import type { ListRotationsOutput } from '@chartward/contract'
import { desc } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { keyRotations } from './rotation-row.ts'
import { viewRotations } from './rotation-view.ts'

/**
 * More than two years of every key's rotations are no longer looked through here; the log has all of them.
 */
const MOST = 200

/** Rotations, the newest first. */
export const listRotations = async ({
  ctx: { app, entry },
}: {
  readonly ctx: VerbContext<'key.rotation-viewed'>
}): Promise<ListRotationsOutput> => {
  const rows = await app.db.orm.select().from(keyRotations).orderBy(desc(keyRotations.id)).limit(MOST)
  const items = await viewRotations(app.db, rows)
  entry.shown({ count: items.length })
  return { items }
}
