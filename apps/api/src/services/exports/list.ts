import type { ListExportsOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { visibleExports } from './view.ts'

const MOST = 200

/** The newest export requests that the reader may see. */
export const listExports = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'export.listed'>
}): Promise<ListExportsOutput> => {
  const items = await visibleExports(ctx, { limit: MOST })
  ctx.entry.shown({ count: items.length, resource: { type: 'ExportRequest', id: null } })
  return { items }
}
