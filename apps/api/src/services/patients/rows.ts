import type { PatientRow } from '@chartward/contract'
import type { RowAccess } from '@chartward/db'
import type { FieldPath, PatientId, Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { InCare } from '../../care/relationship.ts'
import type { Shown } from '../../guard/request-audit.ts'
import { openedClasses } from '../../vault/opened-classes.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { viewVersions } from '../../vault/view.ts'
import { meaningOut } from '../records/record-of.ts'

/** A row with the fields that it shows, in full and as masks. */
export interface OpenedRow {
  readonly patientId: PatientId
  readonly row: PatientRow
  readonly shown: ReadonlySet<FieldPath>
  readonly masked: ReadonlySet<FieldPath>
}

/**
 * What the audit entry says of the rows that an answer holds, and of no others that were opened on
 * the way to it.
 */
export const disclosed = (opened: readonly OpenedRow[]): Shown => {
  const ids = opened.map(({ patientId }) => patientId)
  const [only = null] = ids.length === 1 ? ids : []
  return {
    fields: opened.flatMap(({ shown }) => [...shown]),
    masked: opened.flatMap(({ masked }) => [...masked]),
    count: opened.length,
    resource: { type: 'Patient', id: null },
    ...(only === null ? { patientIds: ids } : { patientId: only }),
  }
}

/**
 * The given patients under the Scope, in the given order; those that have no Patient record (yet), and those
 * whose keys were destroyed, are left out.
 */
export const patientRows = async (
  app: App,
  scope: Scope,
  rows: RowAccess,
  patientIds: readonly PatientId[],
  relationships: ReadonlyMap<PatientId, InCare>,
): Promise<OpenedRow[]> => {
  const opened: OpenedRow[] = []
  const living = patientIds.filter((id) => app.shredded.of(id) === undefined)
  if (living.length === 0) return opened
  const versions = await selectVersions(
    app.db,
    rows,
    { patientIds: living, type: 'Patient' },
    openedClasses(scope, 'Patient'),
  )
  const byPatient = new Map(versions.map((version) => [version.patientId, version]))
  for (const id of living) {
    const version = byPatient.get(id)
    if (version === undefined) continue
    const { items, shown, masked } = await viewVersions(app, scope, id, [version])
    const [view] = items
    const relationship = relationships.get(id)
    if (view === undefined) continue
    const row: PatientRow = {
      id,
      values: view.values,
      meaning: meaningOut(view.meaning),
      untrusted: view.untrusted,
      withheld: view.withheld,
      relationship:
        relationship === undefined
          ? null
          : {
              kind: relationship.kind,
              startsAt: relationship.startsAt.toISOString(),
              endsAt: relationship.endsAt?.toISOString() ?? null,
              lastContact: relationship.lastContact.toISOString(),
            },
    }
    opened.push({ patientId: id, row, shown, masked })
  }
  return opened
}
