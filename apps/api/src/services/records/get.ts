import type { GetRecordInput, GetRecordOutput } from '@chartward/contract'
import { readableClasses, type Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { openedClassesOfAll } from '../../vault/opened-classes.ts'
import { readRecord } from '../../vault/select-versions.ts'
import { viewVersions } from '../../vault/view.ts'
import { referencedNames } from '../directory/referenced.ts'
import { recordOf } from './record-of.ts'

/** Which label it is, is not said: that alone may tell what somebody is treated for. */
export const WITHHELD = 'The source of this record restricts who may see it, and none of your roles opens it.'

/**
 * One record of a patient, cut down to the Scope. NOT_FOUND also where the Scope shows nothing of its type;
 * FORBIDDEN where the record's security labels keep it from the reader.
 */
export const getRecord = async ({
  ctx: { app, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'record.viewed'>
  scope: Scope
  input: GetRecordInput
}): Promise<GetRecordOutput> => {
  const { patientId, id: recordId } = input
  const version = await readRecord(app, scope, { patientId, recordId, classes: openedClassesOfAll(scope) })
  if (version === undefined) throw new ChartwardError('NOT_FOUND')
  const { items, shown, masked } = await viewVersions(app, scope, patientId, [version])
  const [item] = items
  if (item === undefined || readableClasses(scope, item.type).length === 0)
    throw new ChartwardError('NOT_FOUND')
  if (item.withheld) throw new ChartwardError('FORBIDDEN', WITHHELD)
  const named = await referencedNames(app, scope, patientId, items)
  entry.shown({
    fields: [...shown, ...named.shown],
    masked,
    count: 1,
    resource: { type: item.type, id: item.id },
  })
  return recordOf(item, named.names.get(item.id))
}
