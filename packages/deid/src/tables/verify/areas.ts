/** More people than this live in the area of a ZIP3 that may be released (45 CFR 164.514(b)(2)(i)(B)(1)). */
const SMALLEST_AREA = 20_000

/**
 * Whether a cell of a column of ZIP Codes may be released under Safe Harbor: three digits of a large area,
 * perhaps with signs for the two left out, 000, or nothing. `populations` are those of the ZIP3s; one that is
 * not in it is taken for small.
 */
export const isReleasableZip = (cell: string, populations: ReadonlyMap<string, number>): boolean => {
  const zip3 = /^(\d{3})(?:\*\*|xx)?$/i.exec(cell)?.[1]
  if (zip3 === undefined) return cell === '' || cell === '*'
  return zip3 === '000' || (populations.get(zip3) ?? 0) > SMALLEST_AREA
}

/** A ZIP Code of nine digits, or one of five behind a state's letters, in any text. */
export const showsZip = (text: string): boolean =>
  /(?<![\w-])\d{5}-\d{4}(?![\w-])/.test(text) || /(?<![\p{L}\p{N}])[A-Z]{2},? \d{5}(?!\d)/u.test(text)
