import type { Column } from '../table/table.ts'

/** For each label its place among the labels in order of code units. */
const placesOf = (labels: readonly string[]): Int32Array => {
  const order = Array.from(labels.keys()).sort((a, b) => {
    const [one, other] = [labels[a] ?? '', labels[b] ?? '']
    return one < other ? -1 : one > other ? 1 : 0
  })
  const places = new Int32Array(labels.length)
  order.forEach((label, place) => {
    places[label] = place
  })
  return places
}

/**
 * The released rows in the order of what they show, the first column first: the order tells nothing that the
 * cells do not, above all not the order of the source. A counting sort by each column, the last one first.
 */
export const inShownOrder = (rows: Int32Array, columns: readonly Column[]): Int32Array => {
  let sorted = rows
  for (const { values: labels, codes } of columns.toReversed()) {
    const places = placesOf(labels)
    const next = new Int32Array(labels.length + 1)
    for (const row of sorted) {
      const after = (places[codes[row] ?? 0] ?? 0) + 1
      next[after] = (next[after] ?? 0) + 1
    }
    for (let place = 0; place < labels.length; place++)
      next[place + 1] = (next[place + 1] ?? 0) + (next[place] ?? 0)
    const ordered = new Int32Array(sorted.length)
    for (const row of sorted) {
      const place = places[codes[row] ?? 0] ?? 0
      const at = next[place] ?? 0
      ordered[at] = row
      next[place] = at + 1
    }
    sorted = ordered
  }
  return sorted
}
