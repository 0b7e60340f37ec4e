import type { GetExportInput, GetExportOutput } from '@chartward/contract'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { visibleExports } from './view.ts'

/** One export request. NOT_FOUND also for one that is somebody else's business. */
export const getExport = async ({
  ctx,
  input: { id },
}: {
  readonly ctx: VerbContext<'export.viewed'>
  readonly input: GetExportInput
}): Promise<GetExportOutput> => {
  ctx.entry.about({ type: 'ExportRequest', id }, null)
  const [item] = await visibleExports(ctx, { id, limit: 1 })
  if (item === undefined) throw new ChartwardError('NOT_FOUND')
  return item
}
