import type { Problem, Sensitive } from '../problem.ts'
import type { Classes, Histogram } from './classes.ts'
import { patientCounter, patientsPerGroup, sortedBy } from './grouping.ts'
import { namedSensitive } from './named.ts'

const histogramOf = (
  rows: Int32Array,
  { patients }: Problem,
  { codes, values }: Sensitive,
  classOf: Int32Array,
  count: number,
): Histogram => {
  const sorted = sortedBy(sortedBy(rows, codes, values.length), classOf, count)
  const isNew = patientCounter(patients)
  const starts = new Int32Array(count + 1)
  const entryValues: number[] = []
  const entryPatients: number[] = []
  let inClass = -1
  for (const row of sorted) {
    const at = classOf[row] ?? 0
    const code = codes[row] ?? 0
    if (at !== inClass || code !== entryValues.at(-1)) {
      for (let next = inClass + 1; next <= at; next++) starts[next] = entryValues.length
      inClass = at
      entryValues.push(code)
      entryPatients.push(0)
    }
    const entry = entryValues.length - 1
    if (isNew(row, entry)) entryPatients[entry] = (entryPatients[entry] ?? 0) + 1
  }
  for (let next = inClass + 1; next <= count; next++) starts[next] = entryValues.length
  return { starts, values: Int32Array.from(entryValues), patients: Int32Array.from(entryPatients) }
}

/**
 * The classes of a table by each row's class, 0 to `count` - 1, or -1 where it is suppressed: as
 * `Solution.classOf` has them.
 */
export const classesOf = (problem: Problem, classOf: Int32Array, count: number): Classes => {
  const released = sortedBy(Int32Array.from(classOf.keys()), classOf, count)
  const rows = new Int32Array(count)
  for (const row of released) rows[classOf[row] ?? 0] = (rows[classOf[row] ?? 0] ?? 0) + 1
  return {
    count,
    rows,
    patients: problem.patients === null ? rows : patientsPerGroup(problem.patients, classOf, count),
    histograms: namedSensitive(problem).map((sensitive) =>
      histogramOf(released, problem, sensitive, classOf, count),
    ),
  }
}
