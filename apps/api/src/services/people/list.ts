import type { ListPeopleChangesOutput } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'
import { shownChanges } from './view.ts'

const MOST = 200

/** The newest imports and changes of several people. */
export const listPeopleChanges = async ({
  ctx,
}: {
  readonly ctx: VerbContext<'people.listed'>
}): Promise<ListPeopleChangesOutput> => {
  const items = (await shownChanges(ctx, { limit: MOST })).map(({ shown }) => shown)
  ctx.entry.shown({ count: items.length, resource: { type: 'people-change', id: null } })
  return { items }
}
