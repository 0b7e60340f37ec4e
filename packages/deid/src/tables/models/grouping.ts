/**
 * `items` by their key, ascending, equals in the order they come in; those with a key below 0 are left out.
 * All keys are below `bound`.
 */
export const sortedBy = (items: Int32Array, keys: Int32Array, bound: number): Int32Array => {
  const starts = new Int32Array(bound + 1)
  let kept = 0
  for (const item of items) {
    const key = keys[item] ?? -1
    if (key < 0) continue
    starts[key + 1] = (starts[key + 1] ?? 0) + 1
    kept++
  }
  for (let key = 0; key < bound; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const sorted = new Int32Array(kept)
  for (const item of items) {
    const key = keys[item] ?? -1
    if (key < 0) continue
    const place = starts[key] ?? 0
    sorted[place] = item
    starts[key] = place + 1
  }
  return sorted
}

const boundOf = (numbers: Int32Array): number => {
  let bound = 0
  for (const number of numbers) if (number >= bound) bound = number + 1
  return bound
}

/**
 * Asked of rows that are sorted by run, says whether the row's patient is new to its run. Runs have a number
 * of 0 or more each. Where `patients` is null every row is a patient of its own.
 */
export const patientCounter = (patients: Int32Array | null): ((row: number, run: number) => boolean) => {
  if (patients === null) return () => true
  const last = new Int32Array(boundOf(patients)).fill(-1)
  return (row, run) => {
    const patient = patients[row] ?? 0
    if (last[patient] === run) return false
    last[patient] = run
    return true
  }
}

/**
 * The distinct patients of each group, 0 to `count` - 1, of the rows. Rows of a group below 0 are in none.
 */
export const patientsPerGroup = (
  patients: Int32Array | null,
  groupOf: Int32Array,
  count: number,
): Int32Array => {
  const counts = new Int32Array(count)
  const isNew = patientCounter(patients)
  for (const row of sortedBy(Int32Array.from(groupOf.keys()), groupOf, count)) {
    const group = groupOf[row] ?? 0
    if (isNew(row, group)) counts[group] = (counts[group] ?? 0) + 1
  }
  return counts
}
