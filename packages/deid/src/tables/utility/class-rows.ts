import type { Solution } from '../problem.ts'

/** The rows of each class of a solution. */
export const classRows = ({ classOf, recoded }: Solution): Int32Array => {
  const rows = new Int32Array(recoded.length)
  for (const at of classOf) if (at >= 0) rows[at] = (rows[at] ?? 0) + 1
  return rows
}
