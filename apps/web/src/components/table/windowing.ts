/** Which rows of a list are drawn, and how much room is held for the others. Pure. */

/** A list of no more rows is drawn as it is. */
const FEW = 60

/** Printed, all rows are drawn: paper does not scroll. */
export const isWindowed = (rows: number, printing: boolean): boolean => rows > FEW && !printing

/** The rows in view with those that have to be there all the same: the one with the focus, the open one. */
export const withKept = (inView: readonly number[], kept: readonly number[], count: number): number[] =>
  [...new Set([...inView, ...kept.filter((index) => index >= 0 && index < count)])].toSorted((a, b) => a - b)

/** Where a drawn row stands, in pixels from the list's beginning. */
interface Placed {
  readonly index: number
  readonly start: number
  readonly end: number
}

export type Segment =
  | { readonly kind: 'gap'; readonly before: number; readonly height: number }
  | { readonly kind: 'row'; readonly index: number }

/** Rows in their order, and gaps in place of those between them: the whole is as long as all rows are. */
export const segmentsOf = (placed: readonly Placed[], total: number): Segment[] => {
  const segments: Segment[] = []
  let at = 0
  for (const { index, start, end } of placed) {
    if (start > at) segments.push({ kind: 'gap', before: index, height: start - at })
    segments.push({ kind: 'row', index })
    at = end
  }
  if (total > at) segments.push({ kind: 'gap', before: -1, height: total - at })
  return segments
}

/** What is drawn of a long list until it is known where the window stands: its first rows. */
export const firstSegments = (rows: number, estimate: number): Segment[] => {
  const drawn = Math.min(rows, FEW)
  return segmentsOf(
    Array.from({ length: drawn }, (_, index) => ({
      index,
      start: index * estimate,
      end: (index + 1) * estimate,
    })),
    rows * estimate,
  )
}

/** Rows enough to tell how high the others are. */
const TELLING = 8

/**
 * How high most rows are of those that were seen; null where they are too few to tell. What is expected and
 * then found needs no reckoning: only rows of another height move those after them.
 */
export const usualOf = (heights: readonly number[]): number | null => {
  if (heights.length < TELLING) return null
  const seen = new Map<number, number>()
  for (const height of heights) seen.set(height, (seen.get(height) ?? 0) + 1)
  return [...seen].reduce((most, one) => (one[1] > most[1] ? one : most))[0]
}

/** About how high a row is before it has been seen. A card has a line for each column. */
export const estimateOf = (narrow: boolean, compact: boolean, columns: number): number =>
  narrow ? 20 + 26 * columns : compact ? 30 : 37
