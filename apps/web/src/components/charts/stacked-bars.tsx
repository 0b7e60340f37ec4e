import type { Bucket } from '@chartward/contract'
import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatCount } from '../../lib/format.ts'
import type { ChartBucket, ChartSeries } from './activity-chart.tsx'
import { bucketLabel, bucketTick } from './bucket-words.ts'
import { AXIS, TOOLTIP } from './chart-look.ts'
import { FillPattern, patternId } from './chart-mark.tsx'
import classes from './charts.module.css'

interface Props {
  said: string
  bucket: Bucket
  buckets: readonly ChartBucket[]
  series: readonly ChartSeries[]
}

/**
 * Counts over time, stacked. Default export, so that pages load it late: recharts is the largest thing here.
 */
const StackedBars = ({ said, bucket, buckets, series }: Props) => {
  const id = useId()
  const label = (at: unknown) => (typeof at === 'string' ? bucketLabel(at, bucket) : '')
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...buckets]} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} title={said}>
        <defs>
          {series.map(({ key, color }, at) => (
            <FillPattern key={key} id={patternId(id, at)} index={at} color={color} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--cw-line)" />
        <XAxis
          dataKey="at"
          tickFormatter={(at: string) => bucketTick(at, bucket)}
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
        {series.map(({ key, label: name }, at) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            stackId="one"
            fill={`url(#${patternId(id, at)})`}
            stroke="var(--cw-surface)"
            strokeWidth={0.5}
            isAnimationActive={false}
            maxBarSize={36}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}

export default StackedBars
