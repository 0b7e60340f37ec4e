import type { ListWorksInput, ListWorksOutput } from '@chartward/contract'
import { and, eq, lt } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { visibleWorks } from './view.ts'
import { isOpen, works } from './work.ts'

/** The long work that the reader's roles show, the newest first. */
export const listWorks = async ({
  ctx,
  input: { kind, open, mine, state, subjectId, cursor, limit },
}: {
  readonly ctx: VerbContext<'work.listed'>
  readonly input: ListWorksInput
}): Promise<ListWorksOutput> => {
  const found = await visibleWorks(
    ctx,
    and(
      kind === undefined ? undefined : eq(works.kind, kind),
      open === true ? isOpen : undefined,
      mine === true ? eq(works.askedBy, ctx.user.id) : undefined,
      state === undefined ? undefined : eq(works.state, state),
      subjectId === undefined ? undefined : eq(works.subjectId, subjectId),
      cursor === undefined ? undefined : lt(works.id, cursor),
    ),
    limit + 1,
  )
  const items = found.slice(0, limit)
  ctx.entry.shown({ count: items.length, resource: { type: 'Work', id: null } })
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}
