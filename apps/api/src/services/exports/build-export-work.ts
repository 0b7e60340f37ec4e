import { WORK_RESULTS, type WorkFailure, type WorkResult, workFailure } from '@chartward/contract'
import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { defineJobWork } from '../works/kind.ts'
import { WorkFailed } from '../works/work.ts'
import { buildRelease } from './build/build-release.ts'
import { BuildRefused } from './build/failure.ts'
import { writeOff } from './build/write-off.ts'

const { exportRequests } = schema

type Result = WorkResult<'build-export'>
type ExportRequest = typeof exportRequests.$inferSelect

const counted = z.object({ patients: z.number(), counts: z.record(z.string(), z.number()) })

/**
 * Builds the release of an approved export request. What became of it stands in the request, which is written
 * in one transaction with its files; the work says it again.
 */
export const buildExportWork = defineJobWork({
  kind: 'build-export',
  sees: { all: 'export:request:decide', own: 'export:request:create' },
  cancel: 'leaves-nothing',
  oneOf: 'subject',
  result: WORK_RESULTS['build-export'],
  show: (result) => result,
  run: async ({ app, work, progress, signal }) => {
    const exportId = subjectOf(work)
    await buildRelease(app, exportId, signal, progress)
    const request = await read(app, exportId)
    if (request.status === 'failed') throw new WorkFailed(failureOf(request))
    return resultOf(request) ?? fail(request)
  },
  settle: async ({ app, work, why }) => {
    const exportId = subjectOf(work)
    await writeOff(app, exportId, new BuildRefused(why))
    return resultOf(await read(app, exportId))
  },
})

const subjectOf = ({ subjectId }: { readonly subjectId: string | null }): string => {
  if (subjectId === null) throw new Error('a build is of an export')
  return subjectId
}

const read = async (app: App, id: string): Promise<ExportRequest> => {
  const [request] = await app.db.orm.select().from(exportRequests).where(eq(exportRequests.id, id))
  if (request === undefined) throw new ChartwardError('INTEGRITY')
  return app.vouching.require('export-request', request)
}

const fail = ({ status }: ExportRequest): never => {
  throw new Error(`the build has ended, and its export is ${status}`)
}

const failureOf = ({ failure }: ExportRequest): WorkFailure =>
  workFailure.options.find((word) => word === failure) ?? 'gave-up'

const resultOf = ({ status, manifest }: ExportRequest): Result | null => {
  if (status !== 'ready') return null
  const { patients, counts } = z.parse(counted, manifest)
  return { patients, records: Object.values(counts).reduce((sum, count) => sum + count, 0) }
}
