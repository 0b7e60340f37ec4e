/**
 * A number that measures something, with at most seven significant digits, and three from ten million up.
 * Safe Harbor lets results stay, but a number of eight digits or more may be a telephone, account or record
 * number put into the wrong place (category R), and no clinical result is known to more.
 */
export const plainNumber = (value: unknown): number | null => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return Number(value.toPrecision(Math.abs(value) < 1e7 ? 7 : 3))
}
