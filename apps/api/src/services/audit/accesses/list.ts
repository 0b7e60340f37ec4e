import type { ListAccessesInput, ListAccessesOutput } from '@chartward/contract'
import { readHead } from '../../../audit/log/head.ts'
import type { VerbContext } from '../../../guard/guard.ts'
import { findAccesses, findViewers } from './find.ts'
import { requirePatient } from './require-patient.ts'
import { accessesOf, viewersOf } from './view.ts'

/** Who saw a patient, newest first, a page at a time; with the first page, everybody who did. */
export const listAccesses = async ({
  ctx,
  input: { cursor, limit, ...wanted },
}: {
  ctx: VerbContext<'audit.accesses-viewed'>
  input: ListAccessesInput
}): Promise<ListAccessesOutput> => {
  const { sql } = ctx.app.db
  await requirePatient(ctx.app, wanted.patientId)
  const head = await readHead(sql)
  const found = await findAccesses(sql, wanted, { before: cursor ?? null, limit: limit + 1 })
  const page = found.slice(0, limit)
  const { actorId: _, ...whoever } = wanted
  const people = cursor === undefined ? await viewersOf(ctx, await findViewers(sql, whoever)) : null
  ctx.entry.shown({ count: page.length, resource: { type: 'AuditEntry', id: null } })
  return {
    items: await accessesOf(ctx, page),
    nextCursor: found.length > limit ? (page.at(-1)?.columns.id ?? null) : null,
    people,
    treeSize: head?.size ?? 0,
  }
}
