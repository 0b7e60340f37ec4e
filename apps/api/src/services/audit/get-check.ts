import { type GetCheckInput, type GetCheckOutput, integrityReport } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'

const { works } = schema

/**
 * What a check of the log has found, in full. NOT_FOUND while it goes on, INTEGRITY for one that the
 * application does not vouch for: whoever can write rows can't have the log called whole.
 */
export const getCheck = async ({
  ctx: { app, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'work.viewed'>
  readonly input: GetCheckInput
}): Promise<GetCheckOutput> => {
  entry.about({ type: 'Work', id }, null)
  const [work] = await app.db.orm
    .select()
    .from(works)
    .where(and(eq(works.id, id), eq(works.kind, 'check-log'), eq(works.state, 'done')))
  if (work === undefined) throw new ChartwardError('NOT_FOUND')
  await app.vouching.require('work', work)
  const report = z.parse(integrityReport, work.result)
  entry.shown({ count: report.problemCount, resource: { type: 'Work', id } })
  return report
}
