import { Select, Skeleton } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Panel } from '../../components/panel.tsx'
import { countOf } from '../../lib/format.ts'
import classes from './patients.module.css'
import type { RecordRow } from './record-columns.tsx'
import { trendSeries } from './series.ts'

const LineTrend = lazy(() => import('../../components/charts/line-trend.tsx'))

/** One measurement over time, among the observations that are loaded. */
export const Trends = ({ rows }: { rows: readonly RecordRow[] }) => {
  const series = useMemo(() => trendSeries(rows), [rows])
  const [chosen, setChosen] = useState<string | null>(null)
  const current = series.find(({ code }) => code === chosen) ?? series[0]
  if (current === undefined) return null
  return (
    <Panel
      title="Over time"
      aside={
        <Select
          aria-label="Measurement"
          size="xs"
          w={280}
          allowDeselect={false}
          data={series.map(({ code, label, unit, points }) => ({
            value: code,
            label: `${label}${unit === '' ? '' : `, ${unit}`} (${countOf(points.length, 'value')})`,
          }))}
          value={current.code}
          onChange={setChosen}
        />
      }
    >
      <div className={classes.trend}>
        <Suspense fallback={<Skeleton height="100%" />}>
          <LineTrend label={current.label} points={current.points} />
        </Suspense>
      </div>
    </Panel>
  )
}
