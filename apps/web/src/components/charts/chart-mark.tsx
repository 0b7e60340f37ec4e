/**
 * What tells one series from another besides its colour: who can't tell colours apart, who has chosen their
 * own, and who prints in grey sees the marks (WCAG 2.2, 1.4.1).
 */

interface FillProps {
  readonly id: string
  readonly index: number
  readonly color: string
}

/** The fill of a bar: the first plain, the second striped, the third dotted. */
export const FillPattern = ({ id, index, color }: FillProps) => (
  <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
    <rect width={6} height={6} fill={color} />
    {index === 1 ? (
      <path d="M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5" stroke="var(--cw-surface)" strokeWidth={1.5} />
    ) : null}
    {index === 2 ? <circle cx={3} cy={3} r={1.4} fill="var(--cw-surface)" /> : null}
  </pattern>
)

/** An id that stands in `url(#…)`. */
export const patternId = (of: string, index: number): string => `${of.replaceAll(/\W/g, '')}-${index}`

/** A line that is whole, dashed, dotted. */
export const DASHES = ['1 0', '7 3', '2 3'] as const

interface DotProps {
  readonly cx: number
  readonly cy: number
  readonly index: number
  readonly color: string
}

/** A point of a line: round, square, three-cornered. */
export const PointMark = ({ cx, cy, index, color }: DotProps) =>
  index === 1 ? (
    <rect x={cx - 2.75} y={cy - 2.75} width={5.5} height={5.5} fill={color} />
  ) : index === 2 ? (
    <path d={`M${cx} ${cy - 3.5} l3.25 6 h-6.5 z`} fill={color} />
  ) : (
    <circle cx={cx} cy={cy} r={2.75} fill={color} />
  )
