import type { Bucket } from '@chartward/contract'
import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { formatCount } from '../../lib/format.ts'
import { EmptyState } from '../empty-state.tsx'
import { bucketLabel } from './bucket-words.ts'
import classes from './charts.module.css'
import { BarSwatch } from './swatch.tsx'
import { ValuesTable } from './values-table.tsx'

const StackedBars = lazy(() => import('./stacked-bars.tsx'))

export interface ChartSeries {
  readonly key: string
  readonly label: string
  /** A CSS colour. */
  readonly color: string
}

export type ChartBucket = Readonly<Record<string, number | string>> & { readonly at: string }

interface Props {
  /** What is counted, for people who hear the page. */
  title: string
  bucket: Bucket
  buckets: readonly ChartBucket[] | undefined
  series: readonly ChartSeries[]
  empty: string
  /** As low as it can be read, above what it counts. */
  strip?: boolean
}

const totalOf = (buckets: readonly ChartBucket[], key: string): number =>
  buckets.reduce((sum, bucket) => sum + Number(bucket[key] ?? 0), 0)

/** Counts over time, their sums as a legend. Its place is held, so that nothing moves when it arrives. */
export const ActivityChart = ({ title, bucket, buckets, series, empty, strip = false }: Props) => {
  const frame = (strip ? classes.strip : classes.frame) ?? ''
  const place = `${frame} ${strip ? classes.withValuesUnderStrip : classes.withValues}`
  if (buckets === undefined) return <Skeleton className={place} />
  const totals = series.map(({ key, label, color }) => ({ key, label, color, total: totalOf(buckets, key) }))
  if (totals.every(({ total }) => total === 0)) {
    return (
      <div className={place}>
        {strip ? <p className={classes.none}>{empty}</p> : <EmptyState title={empty} />}
      </div>
    )
  }
  const said = `${title}: ${totals.map(({ label, total }) => `${label} ${formatCount(total)}`).join(', ')}`
  return (
    <>
      <figure className={`${classes.figure} ${frame}`} aria-label={said}>
        <ul className={classes.legend}>
          {totals.map(({ key, label, color, total }, at) => (
            <li key={key}>
              <BarSwatch index={at} color={color} />
              {label} <strong>{formatCount(total)}</strong>
            </li>
          ))}
        </ul>
        <div className={classes.plot}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <StackedBars said={said} bucket={bucket} buckets={buckets} series={series} />
          </Suspense>
        </div>
      </figure>
      <ValuesTable
        caption={title}
        columns={['When', ...series.map(({ label }) => label)]}
        rows={buckets.map((one) => ({
          key: one.at,
          label: bucketLabel(one.at, bucket),
          cells: series.map(({ key }) => formatCount(Number(one[key] ?? 0))),
        }))}
      />
    </>
  )
}
