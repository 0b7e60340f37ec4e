import { randomInt } from 'node:crypto'

/**
 * The items in an order that tells nothing of the one they came in (Fisher and Yates, drawn from the CSPRNG).
 */
export const shuffled = <T>(items: readonly T[]): T[] => {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    const [a, b] = [result[last], result[other]]
    if (a !== undefined && b !== undefined) [result[last], result[other]] = [b, a]
  }
  return result
}
