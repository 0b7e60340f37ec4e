import type { RequestShredInput, RequestShredOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { requestApproval, statusAt } from '../approvals/approval.ts'
import { oneAtATime } from '../approvals/one-at-a-time.ts'
import { requirePatient } from '../audit/accesses/require-patient.ts'
import { requireDestroyable } from './require-destroyable.ts'

const { approvals, shreds } = schema

/**
 * Asks that a patient's keys are destroyed, and with them all that can be read of the patient. Nothing is
 * destroyed before a second person has agreed; then all of what stands here is looked at again. Throws
 * CONFLICT, with what is in the way, as `requireDestroyable` does, and where it is asked for already.
 */
export const requestShred = async ({
  ctx: { app, user, entry },
  input: { patientId, reason },
}: {
  readonly ctx: VerbContext<'shred.requested'>
  readonly input: RequestShredInput
}): Promise<RequestShredOutput> => {
  await requirePatient(app, patientId)
  app.shredded.refuse(patientId)
  return withTransaction(app.db, [patientId], async (tx) => {
    await oneAtATime(tx)
    await requireDestroyable(tx, app, patientId)
    const [before] = await tx.orm
      .select()
      .from(shreds)
      .where(and(eq(shreds.patientId, patientId), eq(shreds.state, 'requested')))
    if (before !== undefined) {
      const asked = await tx.orm
        .select()
        .from(approvals)
        .where(and(eq(approvals.subjectId, before.id), eq(approvals.kind, 'shred')))
      if (asked.some((one) => statusAt(one, app.clock()) === 'pending'))
        throw new ChartwardError('CONFLICT', 'This waits for a second person already.')
      await app.vouching.change(tx, 'shred', eq(shreds.id, before.id), { state: 'ended' })
    }
    const id: Id<'shred'> = newId()
    const { id: approvalId } = await requestApproval(tx, app, {
      kind: 'shred',
      subjectId: id,
      payload: {},
      requestedBy: user.id,
      reason,
    })
    const row = { id, patientId, state: 'requested', requestedBy: user.id, requestedAt: app.clock() } as const
    await app.vouching.insert(tx, 'shred', [row])
    await entry.changed(tx, {
      resource: { type: 'Shred', id },
      change: { before: null, after: { state: 'requested', approval: approvalId } },
      patientId,
      records: null,
      note: reason,
    })
    return { approvalId }
  })
}
