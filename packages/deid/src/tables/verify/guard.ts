const NUMBER = /^ *-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)? *$/
/** What an importer strips or does not show before it looks for a formula. */
const HIDDEN = /^[\s\p{C}'"]*/u
const STARTERS = new Set('=+-@|%\u2212\uFE62\uFE63\uFE66\uFE6A\uFE6B\uFF05\uFF0B\uFF0D\uFF1D\uFF20\uFF5C')

const startsFormula = (text: string): boolean => {
  if (NUMBER.test(text)) return false
  if (/^[\t\r\n]/.test(text)) return true
  const hidden = HIDDEN.exec(text)?.[0].length ?? 0
  return STARTERS.has(text.slice(hidden, hidden + 1))
}

/** A text that would start a formula is written with an apostrophe before it (OWASP, CSV Injection). */
const isGuarded = (cell: string): boolean => cell.startsWith("'") && startsFormula(cell.slice(1))

/** Whether a spreadsheet that opens the cell could run it. A number may keep its minus sign. */
export const isFormula = (cell: string): boolean => startsFormula(cell) && !isGuarded(cell)

/** The value that a CSV cell stands for: without the apostrophe of a guarded one. */
export const unguarded = (cell: string): string => (isGuarded(cell) ? cell.slice(1) : cell)
