import type { Distribution, TableManifest } from '../format/table-release.ts'
import { cellFaults, type Zip3Populations } from './cell-rules.ts'
import { patientsByValue } from './classes.ts'
import type { Findings } from './finding.ts'
import { type ReadColumn, type ReadTable, readColumn } from './table.ts'

const FILE = 'manifest.json'

/** Each level joins whole groups of the one before, from the values by themselves up. */
const isTree = ({ values, groups }: Distribution): boolean =>
  groups === null ||
  (groups.length > 0 &&
    groups.every((level) => level.length === values.length) &&
    new Set(groups[0]).size === values.length &&
    groups.slice(1).every((level, at) => {
      const parentOf = new Map<number, number>()
      return (groups[at] ?? []).every((child, value) => {
        const parent = parentOf.get(child) ?? level[value] ?? 0
        parentOf.set(child, parent)
        return parent === level[value]
      })
    }))

const isWellFormed = (distribution: Distribution): boolean => {
  const { values, patients, ranks } = distribution
  return (
    new Set(values).size === values.length &&
    patients.length === values.length &&
    patients.every((count) => count > 0) &&
    (ranks === null || ranks.length === values.length) &&
    isTree(distribution)
  )
}

/** What a source's distribution must be to have left these released values behind. */
const disagreement = (
  { values, patients }: Distribution,
  released: ReadonlyMap<string, number>,
  { source, released: counts, patientColumn }: TableManifest,
): string | null => {
  const total = patients.reduce((sum, count) => sum + count, 0)
  const most = patientColumn === null ? source.patients : source.rows
  if (total < source.patients || total > most)
    return `It counts ${total} patients over its values, of a source of ${source.patients} in ${source.rows} rows.`
  if (patients.some((count) => count > source.patients)) return 'A value has more patients than the source.'
  for (const value of released.keys())
    if (!values.includes(value)) return 'A released value is not among its values.'
  const missing = values.map((value, at) => (patients[at] ?? 0) - (released.get(value) ?? 0))
  if (missing.some((count) => count < 0)) return 'More patients are released with a value than it counts.'
  // A suppressed row takes at most one patient from one value.
  const gone = missing.reduce((sum, count) => sum + count, 0)
  return gone > counts.suppressedRows
    ? `It counts ${gone} more than are released, and ${counts.suppressedRows} rows are suppressed.`
    : null
}

const releasedCounts = (column: ReadColumn, patient: ReadColumn | null): ReadonlyMap<string, number> =>
  new Map(
    [...patientsByValue(column.codes.keys(), column, patient)].map(([code, count]) => [
      column.values[code] ?? '',
      count,
    ]),
  )

const checkOne = (
  distribution: Distribution,
  manifest: TableManifest,
  table: ReadTable,
  patient: ReadColumn | null,
  populations: Zip3Populations,
  findings: Findings,
): boolean => {
  const { attribute } = distribution
  const refuse = (what: string): false => {
    findings.add('wrong-distribution', { file: FILE, column: attribute }, what)
    return false
  }
  if (!isWellFormed(distribution))
    return refuse('It is not one count, rank and path for each distinct value.')
  const column = readColumn(table, attribute)
  const declared = manifest.columns.find(({ name }) => name === attribute)
  if (column === undefined || declared === undefined) return refuse('The column is not released.')
  for (const value of distribution.values)
    for (const fault of cellFaults(value, declared, manifest.plan, populations))
      findings.add(
        fault,
        { file: FILE, column: attribute },
        'A value of the distribution is none that may be released.',
      )
  const why = disagreement(distribution, releasedCounts(column, patient), manifest)
  return why === null || refuse(why)
}

/**
 * Checks what t-closeness is measured from: the source is not here, but its distribution must be one that the
 * released data, less what was suppressed, can come from. Returns those that may be measured from, by
 * attribute.
 */
export const checkDistributions = (
  manifest: TableManifest,
  table: ReadTable,
  patient: ReadColumn | null,
  populations: Zip3Populations,
  findings: Findings,
): ReadonlyMap<string, Distribution> => {
  const { distributions, plan } = manifest
  const good = new Map<string, Distribution>()
  for (const distribution of distributions) {
    const { attribute } = distribution
    const asked = plan.models.some((model) => model.kind === 't-closeness' && model.attribute === attribute)
    if (!asked || good.has(attribute))
      findings.add(
        'wrong-distribution',
        { file: FILE, column: attribute },
        'No model asks for it, or it is there twice.',
      )
    else if (checkOne(distribution, manifest, table, patient, populations, findings))
      good.set(attribute, distribution)
  }
  return good
}
