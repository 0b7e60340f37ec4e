import { MOST_PRINTED, type PrintAccessesInput, type PrintAccessesOutput } from '@chartward/contract'
import { readHead } from '../../../audit/log/head.ts'
import type { VerbContext } from '../../../guard/guard.ts'
import { personOf } from '../../users/names.ts'
import { findAccesses, findViewers } from './find.ts'
import { requirePatient } from './require-patient.ts'
import { accessesOf, viewersOf } from './view.ts'

/**
 * Who saw a patient, for paper: the newest accesses up to what a print holds, and a word where that is not
 * all; with who asked for it, when, and how far the log had come.
 */
export const printAccesses = async ({
  ctx,
  input,
}: {
  ctx: VerbContext<'audit.accesses-printed'>
  input: PrintAccessesInput
}): Promise<PrintAccessesOutput> => {
  const { app, user } = ctx
  await requirePatient(app, input.patientId)
  const head = await readHead(app.db.sql)
  const found = await findAccesses(app.db.sql, input, { before: null, limit: MOST_PRINTED + 1 })
  const printed = found.slice(0, MOST_PRINTED)
  ctx.entry.shown({ count: printed.length, resource: { type: 'AuditEntry', id: null } })
  return {
    items: await accessesOf(ctx, printed),
    cut: found.length > MOST_PRINTED,
    people: await viewersOf(ctx, await findViewers(app.db.sql, input)),
    treeSize: head?.size ?? 0,
    askedBy: personOf(new Map([[user.id, user.displayName]]), user.id),
    askedAt: app.clock().toISOString(),
  }
}
