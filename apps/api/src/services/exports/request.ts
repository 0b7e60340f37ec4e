import { RELEASABLE_TYPES, type RequestExportOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { Id, ResourceType } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { requestApproval } from '../approvals/approval.ts'
import { purposeOf } from './view.ts'

interface Input {
  readonly purpose: string
  readonly types: readonly ResourceType[]
  readonly asOf?: Date | undefined
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The day on which ages are reckoned. Never one that has passed: whoever has turned 90 since would be
 * released as younger. A day is allowed for the reader's calendar being behind ours, since the build takes
 * the later of this and its own.
 */
const asOfDay = (wanted: Date | undefined, now: Date): Date => {
  if (wanted === undefined) return now
  if (wanted.getTime() < now.getTime() - DAY_MS)
    throw new ChartwardError('INVALID_INPUT', 'Ages can not be reckoned on a day that has passed.', {
      field: 'asOf',
    })
  if (wanted.getTime() > now.getTime() + 366 * DAY_MS)
    throw new ChartwardError('INVALID_INPUT', 'Ages can be reckoned on a day within a year.', {
      field: 'asOf',
    })
  return wanted
}

/** Asks for a de-identified export. Nothing is read of any patient before a second person has approved it. */
export const requestExport = async ({
  ctx: { app, user, entry },
  input: { purpose, types, asOf },
}: {
  readonly ctx: VerbContext<'export.requested'>
  readonly input: Input
}): Promise<RequestExportOutput> => {
  await app.space.require('critical')
  const now = app.clock()
  const id: Id<'export'> = newId()
  const row = {
    id,
    profile: 'safe-harbor',
    resourceTypes: RELEASABLE_TYPES.filter((type) => types.includes(type)),
    asOf: asOfDay(asOf, now),
    status: 'requested',
  } as const
  await withTransaction(app.db, 'none', async (tx) => {
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'export',
      subjectId: id,
      payload: {},
      requestedBy: user.id,
      reason: purpose,
    })
    const sealed = sealText(app.keyring, purposeOf({ id }), purpose)
    await app.vouching.insert(tx, 'export-request', [
      { ...row, requestedBy: user.id, purpose: sealed, approvalId, createdAt: now },
    ])
    await entry.changed(tx, {
      change: {
        before: null,
        after: {
          status: row.status,
          profile: row.profile,
          types: row.resourceTypes,
          asOf: row.asOf.toISOString(),
          approval: approvalId,
        },
      },
      patientId: null,
      records: null,
      resource: { type: 'ExportRequest', id },
      note: purpose,
    })
  })
  return { id }
}
