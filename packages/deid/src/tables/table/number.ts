const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/**
 * The number that a cell holds in full ("39", "-1.5", "2e3"), or null: nothing is trimmed, guessed or cut
 * off.
 */
export const numberOf = (text: string): number | null => {
  if (!DECIMAL.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
