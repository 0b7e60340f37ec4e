import {
  type GetUploadInput,
  type GetUploadOutput,
  importUploadReport,
  withdrawUploadFigures,
} from '@chartward/contract'
import * as z from 'zod/mini'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { uploadWorks } from './upload-works.ts'
import { shownUploads } from './view.ts'

/** One upload, with the report of its import and of its withdrawal. */
export const getUpload = async ({
  ctx,
  input: { id },
}: {
  readonly ctx: VerbContext<'import.viewed'>
  readonly input: GetUploadInput
}): Promise<GetUploadOutput> => {
  const { app, entry } = ctx
  entry.about({ type: 'Upload', id }, null)
  const [upload] = await shownUploads(ctx, { id, limit: 1 })
  if (upload === undefined) throw new ChartwardError('NOT_FOUND')
  const works = (await uploadWorks(app.db, app, [id])).get(id)
  entry.shown({ count: 1, resource: { type: 'Upload', id } })
  return {
    ...upload,
    report: z.parse(z.nullable(importUploadReport), works?.import?.result ?? null),
    withdrawn: z.parse(z.nullable(withdrawUploadFigures), works?.withdrawal?.result ?? null),
  }
}
