export type Cell = string | number | boolean | null

const PLAIN_NUMBER = /^ *-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)? *$/
/**
 * What a spreadsheet, or what reads for one, takes for the start of a formula (OWASP, CSV Injection): in
 * full-width and small forms too, and behind spaces, quotes, a byte order mark or other characters that do
 * not show and that an importer strips.
 */
const FORMULA_START =
  /^(?:[\t\r\n]|[\s\p{C}'"]*[=+\-@|%\u2212\uFE62\uFE63\uFE66\uFE6A\uFE6B\uFF05\uFF0B\uFF0D\uFF1D\uFF20\uFF5C])/u

/**
 * One cell by RFC 4180, safe to open in a spreadsheet: a text that would start a formula is led by an
 * apostrophe, while a plain number keeps its minus sign.
 */
export const csvCell = (cell: Cell): string => {
  if (cell === null) return ''
  const text = String(cell)
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`
