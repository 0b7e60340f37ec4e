/** One measured figure, against a baseline that was measured in the same run. */
export interface Result {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What the value is compared with, or null for a figure that stands alone. */
  readonly against: string | null
  /** How the value compares with it, as `reach` counts: more is better, unless `limit` is set. */
  readonly ratio: number | null
  /** What has to be reached, or null for a figure that is only reported. */
  readonly reach: number | null
  readonly ok: boolean | null
}

export interface Report {
  readonly bench: string
  readonly results: readonly Result[]
}

/** A figure that is reported and held to nothing. */
export const figure = (name: string, value: number, unit: string): Result => ({
  name,
  value: rounded(value),
  unit,
  against: null,
  ratio: null,
  reach: null,
  ok: null,
})

/** A rate against another rate of the same unit; with `reach`, the part of it that has to be reached. */
export const rate = (
  name: string,
  value: number,
  unit: string,
  baseline: { readonly name: string; readonly value: number },
  reach: number | null = null,
): Result => {
  const ratio = value / baseline.value
  return {
    name,
    value: rounded(value),
    unit,
    against: `${baseline.name}: ${rounded(baseline.value)} ${unit}`,
    ratio: rounded(ratio),
    reach,
    ok: reach === null ? null : ratio >= reach,
  }
}

/** A figure that must stay under a limit; `ratio` is the part of the limit that it takes. */
export const limited = (name: string, value: number, unit: string, limit: number): Result => ({
  name,
  value: rounded(value),
  unit,
  against: `at most ${limit} ${unit}`,
  ratio: limit === 0 ? null : rounded(value / limit),
  reach: null,
  ok: value <= limit,
})

/** A figure that must come up to a bound; `ratio` is the part of the bound that it reaches. */
export const atLeast = (name: string, value: number, unit: string, bound: number): Result => ({
  name,
  value: rounded(value),
  unit,
  against: `at least ${bound} ${unit}`,
  ratio: rounded(value / bound),
  reach: 1,
  ok: value >= bound,
})

const rounded = (value: number): number => Number(value.toPrecision(4))

const HEADINGS = ['', 'value', 'unit', 'against', 'ratio', 'reach', 'ok']

const cellsOf = ({ name, value, unit, against, ratio, reach, ok }: Result): string[] => [
  name,
  String(value),
  unit,
  against ?? '',
  ratio === null ? '' : ratio.toFixed(2),
  reach === null ? '' : reach.toFixed(2),
  ok === null ? '' : ok ? 'yes' : 'NO',
]

/** The report as a table, and as one JSON object in its last line. */
export const formatReport = (report: Report): string => {
  const rows = [HEADINGS, ...report.results.map(cellsOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `\n${lines.join('\n')}\n\n${JSON.stringify(report)}\n`
}
