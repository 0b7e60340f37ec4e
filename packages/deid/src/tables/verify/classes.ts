import type { ReadColumn } from './table.ts'

/** The equivalence classes of a released file, found by the rows' own labels. */
export interface ReleasedClasses {
  readonly count: number
  /** Rows, from 0, class by class: those of class c are `members` from `starts[c]` to `starts[c + 1]`. */
  readonly members: Int32Array
  readonly starts: Int32Array
  /** Distinct patients of each class: its rows, where every row is a patient of its own. */
  readonly patients: Int32Array
}

/** Rows with the same labels in all quasi-identifiers, by a map of the labels' joined numbers. */
const classOfRows = (rows: number, quasi: readonly ReadColumn[]): { classOf: Int32Array; count: number } => {
  const classOf = new Int32Array(rows)
  const known = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    let key = ''
    for (const { codes } of quasi) key += `,${codes[row]}`
    let found = known.get(key)
    if (found === undefined) {
      found = known.size
      known.set(key, found)
    }
    classOf[row] = found
  }
  return { classOf, count: known.size }
}

/** Classes in the order in which the file first shows them. */
export const classesOf = (
  rows: number,
  quasi: readonly ReadColumn[],
  patient: ReadColumn | null,
): ReleasedClasses => {
  const { classOf, count } = classOfRows(rows, quasi)
  const starts = new Int32Array(count + 1)
  for (const at of classOf) starts[at + 1] = (starts[at + 1] ?? 0) + 1
  for (let at = 0; at < count; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0)
  const next = starts.slice()
  const members = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = classOf[row] ?? 0
    members[next[at] ?? 0] = row
    next[at] = (next[at] ?? 0) + 1
  }
  const patients = new Int32Array(count)
  for (let at = 0; at < count; at++) {
    const rowsOfClass = members.subarray(starts[at], starts[at + 1])
    patients[at] =
      patient === null ? rowsOfClass.length : new Set(rowsOfClass.map((row) => patient.codes[row] ?? 0)).size
  }
  return { count, members, starts, patients }
}

/**
 * For each value of a column that stands in these rows (by its number), the distinct patients who have it
 * there.
 */
export const patientsByValue = (
  rows: Iterable<number>,
  column: ReadColumn,
  patient: ReadColumn | null,
): Map<number, number> => {
  const counts = new Map<number, number>()
  const seen = new Set<number>()
  const patients = patient?.values.length ?? 0
  for (const row of rows) {
    const value = column.codes[row] ?? 0
    if (patient !== null) {
      const pair = value * patients + (patient.codes[row] ?? 0)
      if (seen.has(pair)) continue
      seen.add(pair)
    }
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
