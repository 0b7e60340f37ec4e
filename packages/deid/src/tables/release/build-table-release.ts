import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { DeidError } from '../../shared/errors.ts'
import { ZIP3_SOURCE, ZIP3_TABLE_HASH } from '../../shared/zip3.ts'
import type { TableRelease } from '../format/risk-report.ts'
import type { Risks, TableManifest } from '../format/table-release.ts'
import { classesOf } from '../models/classes-of.ts'
import { modelClaims } from '../models/compile.ts'
import { distributionsOf } from '../models/distributions.ts'
import { risksOf } from '../models/risks.ts'
import { eligibilityOf } from '../plan/eligibility.ts'
import type { Problem } from '../problem.ts'
import { reportHtml } from '../report/report-html.ts'
import { riskReport } from '../report/risk-report.ts'
import { foldUnits } from '../search/units.ts'
import { measure } from '../utility/measure.ts'
import { tableCsv } from '../writers/csv.ts'
import { dataDictionary } from '../writers/dictionary.ts'
import { parquetTypeOf, tableParquet } from '../writers/parquet.ts'
import { PATIENT_COLUMN, prepareTable, type ReleaseInputs } from './prepare-table.ts'
import { type FinishedColumn, finishColumns } from './released-columns.ts'
import { inShownOrder } from './row-order.ts'
import { type Searcher, solve } from './solve.ts'

/** Named in each manifest: raised with every change of what the engine makes of the same input. */
export const ENGINE = 'chartward-deid/1'

/** Where the files of a release go. */
export interface ReleaseSink {
  /** Writes a file whole, as fast as it can be taken; resolves when it will last. */
  write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
}

export interface BuildInputs extends ReleaseInputs {
  /** Columns of the source, those included that the plan does not name. */
  readonly sourceColumns: number
}

type WrittenFile = TableManifest['files'][number]

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Writes a file and notes its size and hash on the way. */
const writeFile = async (
  sink: ReleaseSink,
  name: string,
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<WrittenFile> => {
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const piece = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  await sink.write(name, counted())
  return { name, bytes, sha256: hash.digest('hex') }
}

function* rowsOf(columns: readonly FinishedColumn[], order: Int32Array): Generator<string[]> {
  for (const row of order) yield columns.map(({ shown }) => shown.values[shown.codes[row] ?? 0] ?? '')
}

/** The risks of the source as it stands, with nothing generalised and nothing suppressed. */
const risksOfSource = (problem: Problem): Risks => {
  // Of its attributes alone: with models, rows that no release could hold would be missing.
  const bare = { ...problem, models: [] }
  const { ofRow, count } = foldUnits({ ...bare, patients: null }, [])
  return risksOf(classesOf(bare, ofRow, count).patients)
}

const distinctPatients = ({ patients, rows }: Problem, of: Int32Array | null): number => {
  if (patients === null) return of?.length ?? rows
  return new Set(of === null ? patients : of.map((row) => patients[row] ?? 0)).size
}

const refuseIneligible = ({ plan }: BuildInputs): void => {
  const { eligible, reasons } = eligibilityOf(plan)[plan.profile]
  if (!eligible)
    throw new DeidError(
      'not-eligible',
      `A release by this plan may not claim the profile "${plan.profile}":\n${reasons.map((reason) => `  ${reason}`).join('\n')}`,
    )
}

/**
 * Makes a release of a table by its plan: transforms, search, files, and last the manifest that names them
 * all. The same plan, table, key and crosswalk give the same bytes, as long as no time budget ends a search.
 * Rejects with `not-eligible` where the plan may not claim its profile, with what preparing, searching and
 * writing throw; what the sink holds by then is the caller's to remove.
 */
export const buildTableRelease = async (
  inputs: BuildInputs,
  run: Searcher,
  sink: ReleaseSink,
): Promise<TableManifest> => {
  refuseIneligible(inputs)
  const { plan, table } = inputs
  const prepared = await prepareTable(inputs)
  const { problem } = prepared
  const { solution, alternatives } = await solve(plan, problem, run)
  const released = Int32Array.from(solution.classOf.keys()).filter(
    (row) => (solution.classOf[row] ?? -1) >= 0,
  )
  const columns = finishColumns(plan, prepared, solution, released)
  const order = inShownOrder(
    released,
    columns.map(({ shown }) => shown),
  )
  const classes = classesOf(problem, solution.classOf, solution.recoded.length)
  const release: TableRelease = {
    format: 'chartward-deid-release/1',
    engine: ENGINE,
    plan,
    planSha256: sha256(canonicalJson(plan)),
    profile: plan.profile,
    source: { rows: table.rows, patients: distinctPatients(problem, null), columns: inputs.sourceColumns },
    released: {
      rows: released.length,
      patients: distinctPatients(problem, released),
      suppressedRows: solution.suppressedRows,
    },
    patientColumn: prepared.patients === null ? null : PATIENT_COLUMN,
    columns: columns.map(({ described }) => described),
    models: modelClaims(problem, classes),
    distributions: distributionsOf(problem),
    method: solution.method,
    proof: solution.proof,
    risksBefore: risksOfSource(problem),
    risksAfter: risksOf(classes.patients),
    utility: measure(problem, solution),
    zip3Table: { source: ZIP3_SOURCE, sha256: ZIP3_TABLE_HASH },
  }
  const distinct = new Map(columns.map(({ shown, standing }) => [shown.name, standing.size] as const))
  const report = riskReport(release, alternatives)
  const names = columns.map(({ shown }) => shown.name)
  const json = (value: unknown): string[] => [`${JSON.stringify(value, null, 2)}\n`]
  const files: WrittenFile[] = []
  if (plan.formats.includes('csv'))
    files.push(await writeFile(sink, 'data.csv', tableCsv(names, rowsOf(columns, order))))
  if (plan.formats.includes('parquet'))
    files.push(
      await writeFile(
        sink,
        'data.parquet',
        tableParquet(
          columns.map(({ shown: { name }, standing, described: { content } }) => ({
            name,
            type: parquetTypeOf(content, standing),
          })),
          rowsOf(columns, order),
        ),
      ),
    )
  files.push(
    await writeFile(sink, 'dictionary.json', json(dataDictionary(release, distinct))),
    await writeFile(sink, 'report.json', json(report)),
    await writeFile(sink, 'report.html', [reportHtml(report)]),
  )
  const manifest: TableManifest = { ...release, files }
  await writeFile(sink, 'manifest.json', json(manifest))
  return manifest
}
