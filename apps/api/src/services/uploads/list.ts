import type { ListUploadsOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { shownUploads } from './view.ts'

const MOST = 200

/** The newest uploads, with what became of each. */
export const listUploads = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'import.listed'>
}): Promise<ListUploadsOutput> => {
  const items = await shownUploads(ctx, { limit: MOST })
  ctx.entry.shown({ count: items.length, resource: { type: 'Upload', id: null } })
  return { items }
}
