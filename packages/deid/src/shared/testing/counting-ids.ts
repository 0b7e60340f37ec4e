/** Version 4 UUIDs that a counter gives: deterministic, and told from any source id by their last group. */
export const countingIds = (): (() => string) => {
  let count = 0
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
}
