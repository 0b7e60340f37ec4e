import { DeidError } from '../../shared/errors.ts'
import type { Content, Role } from '../format/plan.ts'
import type { ReportColumn, TableRelease } from '../format/risk-report.ts'
import type { ReleasedColumn } from '../format/table-release.ts'
import { categoryOf, doneToReleased, levelNames } from '../report/columns.ts'

/** A released label, and how many values of the column's domain it stands for. */
export interface DictionaryValue {
  readonly label: string
  readonly covers: number
}

export interface DictionaryColumn {
  readonly name: string
  readonly role: Role | 'patient'
  /** The identifier category that its values are of, or null where they are of none. */
  readonly category: ReportColumn['category']
  readonly content: Content
  /** What was done to it, in a sentence. */
  readonly done: string
  /**
   * Generalised columns: what each level of the hierarchy is, from the values to all in one, where levels
   * have names.
   */
  readonly levels: readonly string[] | null
  /** Different values that stand in the files. */
  readonly distinctValues: number
  /** Generalised columns with few labels: each, sorted. */
  readonly values: readonly DictionaryValue[] | null
}

/**
 * What each column of the files is, for those who work with them. Names released columns and released labels,
 * and nothing else.
 */
export interface DataDictionary {
  readonly format: 'chartward-data-dictionary/1'
  readonly title: string
  readonly profile: TableRelease['profile']
  readonly rows: number
  /** The column that tells patients apart, or null where every row is a patient of its own. */
  readonly patientColumn: string | null
  readonly columns: readonly DictionaryColumn[]
}

/** More labels than this are no list to read, and the files have them. */
const LISTED = 50

const byLabel = (a: DictionaryValue, b: DictionaryValue): number =>
  a.label === b.label ? 0 : a.label < b.label ? -1 : 1

/**
 * Only of generalised columns: a value that was kept as it was is for the files alone, among their other
 * columns.
 */
const valuesOf = ({ coverage, transform }: ReleasedColumn): readonly DictionaryValue[] | null => {
  if (coverage === null || transform.kind !== 'generalise') return null
  const labels = Object.entries(coverage.labels)
  return labels.length > LISTED
    ? null
    : labels.map(([label, covers]) => ({ label, covers })).toSorted(byLabel)
}

const dictionaryColumn = (
  column: ReleasedColumn,
  { plan }: TableRelease,
  distinctValues: ReadonlyMap<string, number>,
): DictionaryColumn => {
  const { name, role, category, content, transform } = column
  const distinct = distinctValues.get(name)
  if (distinct === undefined)
    throw new DeidError('bad-release', `The distinct values of the column "${name}" were not counted.`)
  const hierarchy = Object.hasOwn(plan.columns, name) ? plan.columns[name]?.hierarchy : undefined
  return {
    name,
    role,
    category: categoryOf(category),
    content,
    done: doneToReleased(column, hierarchy),
    levels: transform.kind === 'generalise' && hierarchy !== undefined ? levelNames(hierarchy) : null,
    distinctValues: distinct,
    values: valuesOf(column),
  }
}

/**
 * The data dictionary of a release. `distinctValues`: for each released column the number of different values
 * in it. Throws `bad-release` where one is missing.
 */
export const dataDictionary = (
  release: TableRelease,
  distinctValues: ReadonlyMap<string, number>,
): DataDictionary => ({
  format: 'chartward-data-dictionary/1',
  title: release.plan.title,
  profile: release.profile,
  rows: release.released.rows,
  patientColumn: release.patientColumn,
  columns: release.columns.map((column) => dictionaryColumn(column, release, distinctValues)),
})
