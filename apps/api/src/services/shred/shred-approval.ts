import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { isForShred } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { destroyRows, lockPatient, releasesOf } from './destroy-rows.ts'
import { emptyCareList, endAccount, withdrawReleases } from './end-what-goes-on.ts'
import { latestKeyExpiry } from './key-expiry.ts'
import { requireDestroyable } from './require-destroyable.ts'

const { shreds } = schema

const lockShred = async (tx: Transaction, app: App, id: Id<'shred'>): Promise<RowOf<'shred'>> => {
  const [row] = await withTransaction(tx, 'all', (inner) =>
    inner.orm.select().from(shreds).where(eq(shreds.id, id)).for('update'),
  )
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  return app.vouching.require('shred', row)
}

/**
 * That a patient's keys are destroyed: once committed, nobody reads anything of the patient any more, and
 * nobody can undo it. All of it is one transaction with the approval; the line in the ledger and the
 * certificate follow (`finish.ts`).
 */
export const shredApproval = defineApprovalKind({
  subject: isForShred,
  request: 'vault:shred:request',
  decide: 'vault:shred:decide',
  // Gives nobody anything.
  enrolledOnly: false,
  patientOf: async (tx, app, { approval }) => (await lockShred(tx, app, approval.subjectId)).patientId,
  payload: z.strictObject({}),

  describe: () => ({
    line: 'The destruction of a patient’s keys, which nobody can undo',
    endsAt: null,
    role: null,
    gives: [],
  }),

  mark: async (tx, app, { approval: { subjectId } }, status) => {
    const { state } = await lockShred(tx, app, subjectId)
    if (state !== 'requested') throw new ChartwardError('CONFLICT')
    if (status === 'rejected')
      await app.vouching.change(tx, 'shred', eq(shreds.id, subjectId), { state: 'ended' })
  },

  carryOut: async (tx, app, by, { approval: { subjectId, requestedBy, decidedBy } }) => {
    if (decidedBy === null) throw new ChartwardError('INTEGRITY')
    const { patientId } = await lockShred(tx, app, subjectId)
    await lockPatient(tx, patientId)
    // A hold that was set before this moment wins; one that comes later finds nobody to hold.
    await requireDestroyable(tx, app, patientId)
    const account = await endAccount(tx, app, patientId, decidedBy)
    await emptyCareList(tx, app, patientId)
    const releases = await releasesOf(tx, patientId)
    const { keys, deleted } = await destroyRows(tx, patientId)
    const now = app.clock()
    const { at: finalAt, isBound: finalIsBound } = await latestKeyExpiry(tx, now)
    const destroyed = { keys: [...keys], ...deleted, releases, account }
    await app.vouching.change(tx, 'shred', eq(shreds.id, subjectId), {
      state: 'done',
      decidedBy,
      decidedAt: now,
      destroyed: JSON.stringify(destroyed),
      finalAt,
      finalIsBound,
    })
    await app.audit.append(tx, {
      ...by,
      action: 'shred.carried-out',
      outcome: 'success',
      resource: { type: 'Shred', id: subjectId },
      patientId,
      change: {
        before: { state: 'requested', requestedBy },
        after: { state: 'done', ...destroyed, finalAt: finalAt.toISOString(), finalIsBound },
      },
    })
    await withdrawReleases(tx, app, by, releases)
  },

  turnDown: async () => undefined,
})
