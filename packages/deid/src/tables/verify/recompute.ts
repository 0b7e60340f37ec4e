import type { ModelClaim, Risks, Utility } from '../format/table-release.ts'
import { checkCells, type Zip3Populations } from './cell-rules.ts'
import { classesOf } from './classes.ts'
import { checkCounts } from './counts.ts'
import { checkCoverage } from './coverage.ts'
import { checkDistributions } from './distributions.ts'
import { checkModels } from './models.ts'
import type { Release } from './release.ts'
import { checkRisksBefore, compareRisks, releasedRisks } from './risks.ts'
import { type ReadTable, readColumn } from './table.ts'
import { compareUtility, releasedUtility } from './utility.ts'

/** The figures of a release as its files give them. */
export interface Recomputed {
  readonly rows: number
  readonly patients: number
  readonly models: readonly ModelClaim[]
  readonly risks: Risks
  readonly utility: Utility
}

/** Everything that is claimed of the data, worked out again from one of its files. */
export const recompute = (release: Release, table: ReadTable, populations: Zip3Populations): Recomputed => {
  const { manifest, findings } = release
  const { patientColumn, columns } = manifest
  const patient = patientColumn === null ? null : (readColumn(table, patientColumn) ?? null)
  const quasi = columns.flatMap(({ name, role }) =>
    role === 'quasi-identifier' ? (readColumn(table, name) ?? []) : [],
  )
  const patients = patient === null ? table.rows : patient.values.length
  checkCounts(manifest, table.rows, patients, findings)
  checkCoverage(manifest, table, findings)
  checkCells(manifest, table, populations, findings)
  const classes = classesOf(table.rows, quasi, patient)
  const distributions = checkDistributions(manifest, table, patient, populations, findings)
  const models = checkModels(manifest, table, classes, patient, distributions, findings)
  const risks = releasedRisks(classes.patients)
  compareRisks(manifest.risksAfter, risks, findings)
  checkRisksBefore(manifest.risksBefore, manifest.source, findings)
  const utility = releasedUtility(manifest, table, classes)
  compareUtility(manifest.utility, utility, findings)
  return { rows: table.rows, patients, models, risks, utility }
}
