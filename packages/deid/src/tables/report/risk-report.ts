import { DeidError } from '../../shared/errors.ts'
import type {
  Alternative,
  JournalistRisk,
  ReportColumn,
  RiskReport,
  TableRelease,
} from '../format/risk-report.ts'
import type { ReleasedColumn } from '../format/table-release.ts'
import { caveatsOf } from './caveats.ts'
import { categoryOf, doneToReleased } from './columns.ts'
import { verdictOn } from './models.ts'
import { profileOf } from './profiles.ts'

const journalistOf = ({ models, source, risksBefore }: TableRelease): JournalistRisk | null => {
  for (const { model, reached } of models)
    if (model.kind === 'journalist-risk')
      return {
        population: model.population,
        // The same estimate as the model's: a class is as much larger in the population as the population is
        // than the table.
        before:
          risksBefore.smallestClass === 0
            ? 0
            : source.patients / (model.population * risksBefore.smallestClass),
        after: reached,
      }
  return null
}

const ownOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

const columnOf = (release: TableRelease, column: ReleasedColumn, chosen: Alternative): ReportColumn => {
  const { name, role, category, content, weight } = column
  return {
    name,
    role,
    category: categoryOf(category),
    content,
    done: doneToReleased(
      column,
      ownOf(release.plan.columns, name)?.hierarchy,
      chosen.levels === null ? undefined : ownOf(chosen.levels, name),
    ),
    loss: ownOf(release.utility.lossByColumn, name) ?? null,
    weight,
  }
}

/** Field by field: whatever else a search's result carries is no part of the report. */
const alternativeOf = (found: Alternative, { method }: TableRelease): RiskReport['alternatives'][number] => ({
  method: found.method,
  released: found.method === method,
  proof: found.proof,
  levels: found.levels,
  suppressedRows: found.suppressedRows,
  utility: found.utility,
  metrics: found.metrics,
  risks: found.risks,
  classSizes: found.classSizes.map(({ from, to, classes, patients }) => ({ from, to, classes, patients })),
})

/**
 * The facts of a release for its report, from its manifest and from what the searches found; one of
 * `alternatives` is the released solution, known by its method. Columns that were left out are counted and
 * not named. Throws `bad-release` where no alternative is the released one.
 */
export const riskReport = (release: TableRelease, alternatives: readonly Alternative[]): RiskReport => {
  const chosen = alternatives.find(({ method }) => method === release.method)
  if (chosen === undefined)
    throw new DeidError(
      'bad-release',
      `No alternative was found by the method of the release, ${release.method}.`,
    )
  const { plan, source, released, utility } = release
  return {
    format: 'chartward-risk-report/1',
    engine: release.engine,
    title: plan.title,
    asOf: plan.asOf,
    planSha256: release.planSha256,
    profile: profileOf(release),
    source,
    released,
    suppressionLimit: plan.suppressionLimit,
    columnsLeftOut: Math.max(0, source.columns - release.columns.length),
    countsPatientsBy: release.patientColumn === null ? 'row' : 'column',
    method: release.method,
    proof: release.proof,
    metric: plan.metric,
    models: release.models.map((claim) => verdictOn(claim, released.rows)),
    risks: {
      before: release.risksBefore,
      after: release.risksAfter,
      journalist: journalistOf(release),
    },
    utility,
    columns: release.columns.map((column) => columnOf(release, column, chosen)),
    alternatives: alternatives.map((alternative) => alternativeOf(alternative, release)),
    caveats: caveatsOf(release),
  }
}
