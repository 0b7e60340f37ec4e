import type { ListRecordsInput, ListRecordsOutput } from '@chartward/contract'
import { readableClasses, type Scope } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsOf } from '../../vault/rows.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { viewVersions } from '../../vault/view.ts'
import { recordOf } from './record-of.ts'

/** A patient's records of one type in order of id, cut down to the Scope, a page at a time. */
export const listRecords = async ({
  ctx: { app, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'record.listed'>
  scope: Scope
  input: ListRecordsInput
}): Promise<ListRecordsOutput> => {
  const versions = await selectVersions(
    app.db,
    await rowsOf(app, scope),
    { patientId: input.patientId, type: input.type, after: input.cursor ?? null, limit: input.limit + 1 },
    readableClasses(scope, input.type),
  )
  const page = versions.slice(0, input.limit)
  const { items, shown, masked } = await viewVersions(app, scope, input.patientId, page)
  entry.shown({ fields: shown, masked, count: items.length, resource: { type: input.type, id: null } })
  return {
    items: items.map(recordOf),
    nextCursor: versions.length > input.limit ? (items.at(-1)?.id ?? null) : null,
  }
}
