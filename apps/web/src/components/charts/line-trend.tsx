import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { countOf } from '../../lib/format.ts'
import { AXIS, TOOLTIP } from './chart-look.ts'
import { DASHES, PointMark } from './chart-mark.tsx'
import classes from './charts.module.css'
import { LineSwatch } from './swatch.tsx'
import { timeTicks } from './ticks.ts'

export interface TrendLine {
  readonly key: string
  readonly label: string
}

export interface TrendPoint {
  readonly at: number
  /** The moment in words. */
  readonly when: string
  /** By the line's key: where it is drawn, and in words with every digit and its unit. */
  readonly values: Readonly<Record<string, { readonly value: number; readonly shown: string }>>
}

interface Props {
  label: string
  /** Of one unit, at most three. */
  lines: readonly TrendLine[]
  /** Oldest first. */
  points: readonly TrendPoint[]
}

const COLORS = ['var(--cw-chart-1)', 'var(--cw-chart-2)', 'var(--cw-chart-3)']
/** More points than this have no marks of their own: they would be the line. */
const MOST_MARKS = 120

const isPoint = (value: unknown): value is TrendPoint =>
  typeof value === 'object' && value !== null && 'when' in value && 'values' in value

const saidOf = (label: string, lines: readonly TrendLine[], points: readonly TrendPoint[]): string => {
  const parts = lines.map((line) => {
    const own = points.flatMap(({ values }) => values[line.key] ?? []).toSorted((a, b) => a.value - b.value)
    const name = lines.length === 1 ? '' : `${line.label} `
    return `${name}${countOf(own.length, 'value')} from ${own[0]?.shown} to ${own.at(-1)?.shown}`
  })
  return `${label}: ${parts.join('; ')}`
}

/** Measurements of one unit over time. Default export, so that the page can load it late. */
const LineTrend = ({ label, lines, points }: Props) => {
  const said = saidOf(label, lines, points)
  const { at: ticks, label: tickLabel } = timeTicks(points[0]?.at ?? 0, points.at(-1)?.at ?? 0)
  return (
    <figure className={`${classes.figure} ${classes.lines}`} aria-label={said}>
      {lines.length < 2 ? null : (
        <ul className={classes.legend}>
          {lines.map((line, at) => (
            <li key={line.key}>
              <LineSwatch index={at} color={COLORS[at] ?? 'currentColor'} />
              {line.label}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.plot}>
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={[...points]} margin={{ top: 8, right: 24, bottom: 0, left: 0 }} title={said}>
            <CartesianGrid vertical={false} stroke="var(--cw-line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={['dataMin', 'dataMax']}
              ticks={[...ticks]}
              tickFormatter={tickLabel}
              tick={AXIS}
              tickLine={false}
              axisLine={{ stroke: 'var(--cw-line)' }}
              minTickGap={16}
            />
            <YAxis domain={['auto', 'auto']} tick={AXIS} tickLine={false} axisLine={false} width={44} />
            <Tooltip
              labelFormatter={(_at, [entry]) => (isPoint(entry?.payload) ? entry.payload.when : '')}
              formatter={(_value, name, { payload }) => {
                const key = lines.find((line) => line.label === name)?.key
                return [isPoint(payload) && key !== undefined ? payload.values[key]?.shown : '', name]
              }}
              contentStyle={TOOLTIP}
              itemStyle={{ color: 'var(--mantine-color-text)', padding: 0 }}
            />
            {lines.map((line, at) => (
              <Line
                key={line.key}
                name={line.label}
                dataKey={(point: TrendPoint) => point.values[line.key]?.value}
                connectNulls
                stroke={COLORS[at] ?? 'currentColor'}
                strokeWidth={2}
                strokeDasharray={DASHES[at] ?? '1 0'}
                dot={
                  points.length > MOST_MARKS
                    ? false
                    : ({ cx, cy, key }) =>
                        typeof cx !== 'number' || typeof cy !== 'number' ? (
                          <g key={key} />
                        ) : (
                          <PointMark
                            key={key}
                            cx={cx}
                            cy={cy}
                            index={at}
                            color={COLORS[at] ?? 'currentColor'}
                          />
                        )
                }
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  )
}

export default LineTrend
