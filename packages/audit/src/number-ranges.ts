import type { NumberRange } from './entry.ts'

/** The same numbers in as few ranges as there can be, ascending. Ranges hold both of their ends. */
export const mergeRanges = (ranges: Iterable<Readonly<NumberRange>>): NumberRange[] => {
  const merged: NumberRange[] = []
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

/** Which of the numbers from 1 to `last` are in none of `ranges`, which are as `mergeRanges` gives them. */
export const missingRanges = (ranges: readonly Readonly<NumberRange>[], last: number): NumberRange[] => {
  const missing: NumberRange[] = []
  let next = 1
  for (const [first, end] of ranges) {
    if (first > last) break
    if (first > next) missing.push([next, first - 1])
    next = Math.max(next, end + 1)
  }
  if (next <= last) missing.push([next, last])
  return missing
}
