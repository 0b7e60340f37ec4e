import type { Bucket } from '@chartward/contract'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatCount } from '../../lib/format.ts'
import type { ChartBucket, ChartSeries } from './activity-chart.tsx'
import { AXIS, TOOLTIP } from './chart-look.ts'
import classes from './charts.module.css'

interface Props {
  said: string
  bucket: Bucket
  buckets: readonly ChartBucket[]
  series: readonly ChartSeries[]
}

const byHour = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const byDay = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric' })
const byBoth = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' })

/**
 * Counts over time, stacked. Default export, so that pages load it late: recharts is the largest thing here.
 */
const StackedBars = ({ said, bucket, buckets, series }: Props) => {
  const tick = (at: string) => (bucket === 'hour' ? byHour : byDay).format(Date.parse(at))
  const label = (at: unknown) =>
    typeof at === 'string' ? (bucket === 'hour' ? byBoth : byDay).format(Date.parse(at)) : ''
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...buckets]} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} title={said}>
        <CartesianGrid vertical={false} stroke="var(--cw-line)" />
        <XAxis
          dataKey="at"
          tickFormatter={tick}
          tick={AXIS}
          tickLine={false}
          axisLine={{ stroke: 'var(--cw-line)' }}
          minTickGap={28}
        />
        <YAxis
          allowDecimals={false}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          width={38}
          tickFormatter={(value: number) => formatCount(value)}
        />
        <Tooltip
          labelFormatter={label}
          cursor={{ fill: 'var(--cw-surface-quiet)' }}
          contentStyle={TOOLTIP}
          itemStyle={{ color: 'var(--mantine-color-text)', padding: 0 }}
          wrapperClassName={classes.tooltip ?? ''}
        />
        {series.map(({ key, label: name, color }) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            stackId="one"
            fill={color}
            isAnimationActive={false}
            maxBarSize={36}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}

export default StackedBars
