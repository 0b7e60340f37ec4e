import { printAccessesInput } from '@chartward/contract'
import * as z from 'zod/mini'
import { ChartwardError } from '../core/errors.ts'
import { guardRequest } from '../guard/guard.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { accessFile } from '../services/audit/accesses/file.ts'

/** The input as an address can hold it. */
const { patientId: _, ...period } = printAccessesInput.shape
const querySchema = z.strictObject(period)

export interface AccessDownload {
  readonly headers: Readonly<Record<string, string>>
  readonly chunks: AsyncIterable<string>
}

/**
 * GET /audit/accesses/:id, from, to, actorId and action as parameters: who saw a patient, as CSV, to whoever
 * may take that away, with a fresh factor. When this resolves the entry of the download is committed and no
 * access has been read. Rejects NOT_FOUND for an address that is none.
 */
export const downloadAccesses = async ({
  request,
  params,
  query,
}: {
  readonly request: RequestContext
  readonly params: unknown
  readonly query: unknown
}): Promise<AccessDownload> => {
  const named = z.strictObject({ id: printAccessesInput.shape.patientId }).safeParse(params)
  const within = querySchema.safeParse(query)
  if (!named.success) throw new ChartwardError('NOT_FOUND')
  if (!within.success) throw new ChartwardError('INVALID_INPUT')
  const { id } = named.data
  const { treeSize, chunks } = await guardRequest(
    request,
    {
      permission: 'audit:access:export',
      audit: 'audit.accesses-exported',
      mode: 'read',
      resource: ({ patientId }) => ({ kind: 'patient', patientId }),
    },
    { patientId: id, ...within.data },
    accessFile,
  )
  return {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="chartward-accesses-${id}-${treeSize}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    chunks,
  }
}
