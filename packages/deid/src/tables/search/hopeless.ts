import type { ClassModel } from '../format/model.ts'
import type { Problem, Sensitive } from '../problem.ts'

type SmallCells = Extract<ClassModel, { kind: 'small-cells' }>

/** Distinct patients with each value, of the rows that are not out. */
const patientsByValue = (
  { patients, rows }: Problem,
  { codes, values }: Sensitive,
  out: Uint8Array,
): Int32Array => {
  const counts = new Int32Array(values.length)
  const seen = values.map(() => new Set<number>())
  for (let row = 0; row < rows; row++) {
    const value = codes[row] ?? 0
    if (out[row] === 1) continue
    if (patients === null) counts[value] = (counts[value] ?? 0) + 1
    else seen[value]?.add(patients[row] ?? 0)
  }
  return patients === null ? counts : Int32Array.from(seen, ({ size }) => size)
}

/**
 * Rows that no class can hold, marked 1: under a small-cell minimum, those with a value that too few patients
 * have in the whole table. They are suppressed before a search begins, for a class that took one in would be
 * lost with it. Null where there are none.
 */
export const hopelessRows = (problem: Problem): Uint8Array | null => {
  const models = problem.models.filter((model): model is SmallCells => model.kind === 'small-cells')
  const out = new Uint8Array(problem.rows)
  let any = false
  // Taking rows out for one attribute may leave too few of a value of another.
  for (let found = models.length > 0; found; ) {
    found = false
    for (const { attribute, minimum } of models) {
      const sensitive = problem.sensitive.find(({ name }) => name === attribute)
      if (sensitive === undefined) continue
      const counts = patientsByValue(problem, sensitive, out)
      for (let row = 0; row < problem.rows; row++) {
        if (out[row] === 1 || (counts[sensitive.codes[row] ?? 0] ?? 0) >= minimum) continue
        out[row] = 1
        found = true
      }
    }
    any ||= found
  }
  return any ? out : null
}
