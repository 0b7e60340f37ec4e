import type { GetPatientInput, GetPatientOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import {
  isResourceType,
  type ResourceType,
  readableClasses,
  type Scope,
  searchableFields,
} from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsOf } from '../../vault/rows.ts'
import { readRecord } from '../../vault/select-versions.ts'
import { patientRecordId } from '../../vault/version.ts'
import { viewVersions } from '../../vault/view.ts'

/** The head of a patient's chart: the Patient resource under the Scope, and what else there is to open. */
export const getPatient = async ({
  ctx: { app, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'patient.viewed'>
  scope: Scope
  input: GetPatientInput
}): Promise<GetPatientOutput> => {
  const rows = await rowsOf(app, scope)
  const classes = readableClasses(scope, 'Patient')
  const version = await readRecord(app, scope, {
    patientId: input.id,
    recordId: patientRecordId(input.id),
    classes,
  })
  if (version === undefined) throw new ChartwardError('NOT_FOUND')
  const { items, shown, masked } = await viewVersions(app, scope, input.id, [version])
  const [patient] = items
  if (patient === undefined) throw new ChartwardError('NOT_FOUND')
  const counted = await withTransaction(
    app.db,
    rows,
    (tx) => tx.sql<{ resource_type: string; n: number }[]>`
      select resource_type, count(*)::int as n from records where patient_id = ${input.id} group by resource_type`,
  )
  const counts: Partial<Record<ResourceType, number>> = {}
  for (const { resource_type: type, n } of counted) {
    if (isResourceType(type) && readableClasses(scope, type).length > 0) counts[type] = n
  }
  entry.shown({ fields: shown, masked, count: 1, resource: { type: 'Patient', id: input.id } })
  return {
    id: patient.id,
    values: patient.values,
    untrusted: patient.untrusted,
    shown: [...shown],
    masked: [...masked],
    counts,
    searchable: searchableFields(scope),
  }
}
