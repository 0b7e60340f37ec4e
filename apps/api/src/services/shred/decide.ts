import type { DecideShredInput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { decide } from '../approvals/decide.ts'
import { kindsDecidedWith } from '../approvals/kinds.ts'
import { holdsOf } from './holds.ts'

const { shreds } = schema

type Status = 'approved' | 'rejected'

/** Decides on the lifting of a hold that somebody else asked for. */
export const decideHoldLift =
  (status: Status) =>
  async ({
    ctx,
    input: { patientId, approvalId, reason },
  }: {
    readonly ctx: VerbContext<'hold.lift-approved' | 'hold.lift-rejected'>
    readonly input: DecideShredInput
  }): Promise<Record<string, never>> => {
    const { app, entry } = ctx
    await withTransaction(app.db, [patientId], async (tx) => {
      const kinds = kindsDecidedWith('vault:hold:decide')
      await decide(tx, ctx, { id: approvalId, kinds, status, reason, shown: null }, async (decided) => {
        const holds = await holdsOf(tx, app, patientId)
        if (!holds.some(({ id }) => id === decided.subjectId)) throw new ChartwardError('NOT_FOUND')
        const { requestedBy } = decided
        await entry.changed(tx, {
          resource: { type: 'LegalHold', id: decided.subjectId },
          change: {
            before: { state: 'set' },
            after: { state: status === 'approved' ? 'lifted' : 'set', approval: approvalId, requestedBy },
          },
          patientId,
          records: null,
          note: reason,
        })
      })
    })
    return {}
  }

/**
 * Decides on a destruction that somebody else asked for. Approved, it is carried out in the same transaction,
 * and the keys leave this process at once, and every other within two seconds.
 */
export const decideShred =
  (status: Status) =>
  async ({
    ctx,
    input: { patientId, approvalId, reason },
  }: {
    readonly ctx: VerbContext<'shred.approved' | 'shred.rejected'>
    readonly input: DecideShredInput
  }): Promise<Record<string, never>> => {
    const { app, entry } = ctx
    await withTransaction(app.db, [patientId], async (tx) => {
      const kinds = kindsDecidedWith('vault:shred:decide')
      await decide(tx, ctx, { id: approvalId, kinds, status, reason, shown: null }, async (decided) => {
        const asked = await tx.orm
          .select({ id: shreds.id })
          .from(shreds)
          .where(eq(shreds.patientId, patientId))
        if (!asked.some(({ id }) => id === decided.subjectId)) throw new ChartwardError('NOT_FOUND')
        const { subjectId: id, requestedBy } = decided
        await entry.changed(tx, {
          resource: { type: 'Shred', id },
          change: {
            before: { state: 'requested' },
            after: { state: status, approval: approvalId, requestedBy },
          },
          patientId,
          records: null,
          note: reason,
        })
      })
    })
    // Whatever becomes of this look, the next is a second away.
    if (status === 'approved')
      await app.shredded
        .look()
        .catch((error: unknown) => app.log.warn({ err: error }, 'the log could not be looked at'))
    return {}
  }
