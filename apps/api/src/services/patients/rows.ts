import type { RowAccess } from '@chartward/db'
import { type FieldPath, readableClasses, type Scope } from '@chartward/policy'
import type { App } from '../../core/app.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { type Views, viewVersions } from '../../vault/view.ts'
import type { Relationship } from '../care/relationship.ts'

/** A patient in a list: what the Scope shows of the Patient resource, and the reader's own relationship, if any. */
export interface PatientRow {
  readonly id: string
  readonly values: Record<string, unknown>
  readonly relationship: Pick<Relationship, 'kind' | 'startsAt' | 'endsAt'> | null
  readonly untrusted: boolean
}

export interface PatientRows {
  readonly items: PatientRow[]
  readonly shown: ReadonlySet<FieldPath>
  readonly masked: ReadonlySet<FieldPath>
}

/** The given patients under the Scope, in the given order; those that have no Patient record (yet) are left out. */
export const patientRows = async (
  app: App,
  scope: Scope,
  rows: RowAccess,
  patientIds: readonly string[],
  relationships: ReadonlyMap<string, Relationship>,
): Promise<PatientRows> => {
  const shown = new Set<FieldPath>()
  const masked = new Set<FieldPath>()
  const items: PatientRow[] = []
  if (patientIds.length === 0) return { items, shown, masked }
  const versions = await selectVersions(
    app.db,
    rows,
    { patientIds, type: 'Patient' },
    readableClasses(scope, 'Patient'),
  )
  const byPatient = new Map(versions.map((version) => [version.patientId, version]))
  for (const id of patientIds) {
    const version = byPatient.get(id)
    if (version === undefined) continue
    const views: Views = await viewVersions(app, scope, id, [version])
    for (const path of views.shown) shown.add(path)
    for (const path of views.masked) masked.add(path)
    const [view] = views.items
    const relationship = relationships.get(id)
    if (view === undefined) continue
    items.push({
      id,
      values: view.values,
      untrusted: view.untrusted,
      relationship:
        relationship === undefined
          ? null
          : { kind: relationship.kind, startsAt: relationship.startsAt, endsAt: relationship.endsAt },
    })
  }
  return { items, shown, masked }
}
