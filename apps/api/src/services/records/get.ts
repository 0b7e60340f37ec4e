import { readableClasses, type Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../trpc/procedure.ts'
import { rowsOf } from '../../vault/rows.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { type RecordView, viewVersions } from '../../vault/view.ts'

interface Input {
  readonly patientId: string
  readonly id: string
}

/** One record of a patient, cut down to the Scope. NOT_FOUND also where the Scope shows nothing of its type. */
export const getRecord = async ({
  ctx: { app, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'record.viewed'>
  scope: Scope
  input: Input
}): Promise<RecordView> => {
  const selection = { patientId: input.patientId, recordId: input.id }
  const versions = await selectVersions(app.db, await rowsOf(app, scope), selection, readableClasses(scope))
  const { items, shown, masked } = await viewVersions(app, scope, input.patientId, versions)
  const [item] = items
  if (item === undefined || readableClasses(scope, item.type).length === 0)
    throw new ChartwardError('NOT_FOUND')
  entry.shown({ fields: shown, masked, count: 1, resource: { type: item.type, id: item.id } })
  return item
}
