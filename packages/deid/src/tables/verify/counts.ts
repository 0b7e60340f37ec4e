import type { TableManifest } from '../format/table-release.ts'
import type { Findings } from './finding.ts'

const FILE = 'manifest.json'

/** What was released and what was suppressed add up to the source, within the plan's limit. */
export const checkCounts = (
  { source, released, plan, patientColumn }: TableManifest,
  rows: number,
  patients: number,
  findings: Findings,
): void => {
  const wrong = (what: string): void => findings.add('wrong-count', { file: FILE }, what)
  if (rows !== released.rows) wrong(`${rows} rows are released, the manifest says ${released.rows}.`)
  if (patients !== released.patients)
    wrong(`${patients} patients are released, the manifest says ${released.patients}.`)
  if (released.rows + released.suppressedRows !== source.rows)
    wrong(
      `${released.rows} released and ${released.suppressedRows} suppressed rows are not the ${source.rows} of the source.`,
    )
  if (source.patients > source.rows || released.patients > released.rows)
    wrong('There are more patients than rows.')
  if (patientColumn === null && source.patients !== source.rows)
    wrong('Every row is a patient of its own, but rows and patients of the source differ.')
  // A patient who is gone had a row, and it was suppressed.
  const gone = source.patients - released.patients
  if (gone < 0 || gone > released.suppressedRows)
    wrong(
      `${released.patients} patients are released of ${source.patients}, with ${released.suppressedRows} rows suppressed.`,
    )
  if (released.suppressedRows > plan.suppressionLimit * source.rows * (1 + 1e-9))
    findings.add(
      'too-much-suppressed',
      { file: FILE },
      `${released.suppressedRows} of ${source.rows} rows are suppressed, the limit is ${plan.suppressionLimit}.`,
    )
}
