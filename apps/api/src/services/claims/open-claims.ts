import type { RowAccess } from '@chartward/db'
import { type ClaimType, dateOf, isClaimType } from '@chartward/fhir'
import type { PatientId, Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import { type RecordPlace, TOKEN_TYPES } from '../../vault/claim-tokens.ts'
import { openedClasses } from '../../vault/opened-classes.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { type RecordView, viewVersions } from '../../vault/view.ts'

/** Claims in memory as ciphertext at a time. */
const PAGE = 200
/** Patients whose keys are fetched at once. */
const AT_ONCE = 4

/** A claim that was opened, with all that the Scope shows of it. */
export interface OpenedClaim {
  readonly patientId: PatientId
  readonly view: RecordView
}

/**
 * Opens records under the Scope, a page at a time, and gives those that `keep` wants. What its source
 * withholds from the reader is left out: it shows nothing that could match.
 */
export const openClaims = async (
  app: App,
  scope: Scope,
  rows: RowAccess,
  places: readonly RecordPlace[],
  keep: (view: RecordView) => boolean,
): Promise<OpenedClaim[]> => {
  const kept: OpenedClaim[] = []
  const classes = openedClasses(scope, 'Claim')
  for (let at = 0; at < places.length; at += PAGE) {
    const selection = { places: places.slice(at, at + PAGE), types: TOKEN_TYPES }
    const versions = await selectVersions(app.db, rows, selection, classes)
    const byPatient = [...Map.groupBy(versions, ({ patientId }) => patientId)]
    for (let from = 0; from < byPatient.length; from += AT_ONCE) {
      const some = byPatient.slice(from, from + AT_ONCE).map(async ([patientId, own]) => {
        const { items } = await viewVersions(app, scope, patientId, own)
        return items
          .filter((view) => !view.withheld && keep(view))
          .map((view): OpenedClaim => ({ patientId, view }))
      })
      for (const found of await Promise.all(some)) kept.push(...found)
    }
  }
  return kept
}

export const isClaim = (view: RecordView): view is RecordView & { readonly type: ClaimType } =>
  isClaimType(view.type)

/** Newest service first; what has no date last, and of one moment the one imported last first. */
export const byService = (a: OpenedClaim, b: OpenedClaim): number => {
  const at = ({ view }: OpenedClaim) => dateOf(view.type, view.values)?.value ?? Number.NEGATIVE_INFINITY
  const [one, other] = [at(a), at(b)]
  if (one !== other) return one < other ? 1 : -1
  return a.view.id < b.view.id ? 1 : -1
}
