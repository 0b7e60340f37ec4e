import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { countOf, formatDay } from '../../lib/format.ts'
import { AXIS, TOOLTIP } from './chart-look.ts'
import classes from './charts.module.css'

interface Props {
  label: string
  /** `shown` is the value in words, with every digit and its unit. */
  points: readonly { readonly at: number; readonly value: number; readonly shown: string }[]
}

const shownOf = (point: unknown): string =>
  typeof point === 'object' && point !== null && 'shown' in point ? String(point.shown) : ''

const dayOf = (at: unknown) => (typeof at === 'number' ? formatDay(new Date(at).toISOString()) : '')

const byMonth = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const YEARS_MS = 4 * 366 * 86_400_000

/** Years alone where each tick is a year of its own, else months. */
const tickOf = (at: number, span: number): string =>
  span > YEARS_MS ? String(new Date(at).getUTCFullYear()) : byMonth.format(at)

/** A measurement over time. Default export, so that the page can load it late. */
const LineTrend = ({ label, points }: Props) => {
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)
  const ordered = points.toSorted((a, b) => a.value - b.value)
  const said = `${label}: ${countOf(points.length, 'value')} from ${ordered[0]?.shown} to ${ordered.at(-1)?.shown}`
  return (
    <figure className={classes.figure} aria-label={said}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} title={said}>
          <CartesianGrid vertical={false} stroke="var(--cw-line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={['dataMin', 'dataMax']}
            tickFormatter={(at: number) => tickOf(at, span)}
            tick={AXIS}
            tickLine={false}
            axisLine={{ stroke: 'var(--cw-line)' }}
            minTickGap={32}
          />
          <YAxis domain={['auto', 'auto']} tick={AXIS} tickLine={false} axisLine={false} width={44} />
          <Tooltip
            labelFormatter={dayOf}
            formatter={(_value, _name, point) => [shownOf(point.payload), label]}
            contentStyle={TOOLTIP}
          />
          <Line
            dataKey="value"
            stroke="var(--cw-chart-1)"
            strokeWidth={2}
            dot={{ r: 2.5, fill: 'var(--cw-chart-1)' }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  )
}

export default LineTrend
