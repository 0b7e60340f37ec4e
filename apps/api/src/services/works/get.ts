import type { Work } from '@chartward/contract'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { visibleWorks } from './view.ts'
import { works } from './work.ts'

/** One work. NOT_FOUND also for one that is somebody else's business. */
export const getWork = async ({
  ctx,
  input: { id },
}: {
  readonly ctx: VerbContext<'work.viewed'>
  readonly input: { readonly id: string }
}): Promise<Work> => {
  ctx.entry.about({ type: 'Work', id }, null)
  const [work] = await visibleWorks(ctx, eq(works.id, id), 1)
  if (work === undefined) throw new ChartwardError('NOT_FOUND')
  return work
}
