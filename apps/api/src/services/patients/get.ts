import type { GetPatientInput, GetPatientOutput } from '@chartward/contract'
import { RESOURCE_TYPES, readableClasses, resourceOf, type Scope, searchableFields } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { readChart } from '../../vault/chart/read-chart.ts'
import { openedClasses } from '../../vault/opened-classes.ts'
import { readRecord } from '../../vault/select-versions.ts'
import { patientRecordId } from '../../vault/version.ts'
import { viewVersions } from '../../vault/view.ts'
import { referencedNames } from '../directory/referenced.ts'
import { WITHHELD } from '../records/get.ts'
import { meaningOut, namesOut } from '../records/record-of.ts'

const CHART_TYPES = RESOURCE_TYPES.filter((type) => resourceOf(type).compartment === 'patient')

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
  const classes = openedClasses(scope, 'Patient')
  const version = await readRecord(app, scope, {
    patientId: input.id,
    recordId: patientRecordId(input.id),
    classes,
  })
  if (version === undefined) throw new ChartwardError('NOT_FOUND')
  const { items, shown, masked } = await viewVersions(app, scope, input.id, [version])
  const [patient] = items
  if (patient === undefined) throw new ChartwardError('NOT_FOUND')
  if (patient.withheld) throw new ChartwardError('FORBIDDEN', WITHHELD)
  const named = await referencedNames(app, scope, input.id, items)
  const readable = CHART_TYPES.filter((type) => readableClasses(scope, type).length > 0)
  const index = await readChart(app, scope, input.id, readable)
  const indexed = [...index].filter(([, { records }]) => records > 0)
  entry.shown({
    fields: [...shown, ...named.shown],
    masked,
    count: 1,
    resource: { type: 'Patient', id: input.id },
  })
  return {
    id: patient.id,
    values: patient.values,
    rest: patient.rest,
    untrusted: patient.untrusted,
    shown: [...shown],
    masked: [...masked],
    counts: Object.fromEntries(indexed.map(([type, { records }]) => [type, records])),
    current: Object.fromEntries(
      indexed.flatMap(([type, { lines }]) =>
        lines === null ? [] : [[type, lines.filter(({ counts }) => counts).length]],
      ),
    ),
    untrustedTypes: indexed.filter(([, { trust }]) => trust === 'untrusted').map(([type]) => type),
    restrictingConsents: indexed
      .flatMap(([, { lines }]) => lines ?? [])
      .filter(({ restricts, counts }) => restricts && counts).length,
    names: namesOut(named.names.get(patient.id)),
    meaning: meaningOut(patient.meaning),
    searchable: searchableFields(scope),
  }
}
