import type { VerbContext } from '../../guard/guard.ts'
import { type ExportView, visibleExports } from './view.ts'

const MOST = 200

/** The newest export requests that the reader may see. */
export const listExports = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'export.listed'>
}): Promise<{ items: ExportView[] }> => {
  const items = await visibleExports(ctx, { limit: MOST })
  ctx.entry.shown({ count: items.length, resource: { type: 'ExportRequest', id: null } })
  return { items }
}
