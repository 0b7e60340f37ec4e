import type { Bucket } from '@chartward/contract'
import { useQuery } from '@tanstack/react-query'
import { ActivityChart, type ChartSeries } from '../../components/charts/activity-chart.tsx'
import { bucketLabel } from '../../components/charts/bucket-words.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { failureOf } from '../../lib/errors.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './audit.module.css'
import { type AuditSearch, queryOf } from './filters.ts'

const SERIES: readonly ChartSeries[] = [
  { key: 'success', label: 'Success', color: 'var(--cw-chart-1)' },
  { key: 'failure', label: 'Failure', color: 'var(--cw-chart-2)' },
  { key: 'refused', label: 'Refused', color: 'var(--cw-chart-3)' },
  { key: 'asked', label: 'Asked for a code', color: 'var(--cw-line-strong)' },
]

const HOURLY_UP_TO_MS = 3 * 86_400_000

/** Up to three days are counted by the hour, anything longer by the day. */
export const bucketFor = (from: string | undefined, to: string | undefined, now: number): Bucket => {
  if (from === undefined) return 'day'
  const end = to === undefined ? now : Date.parse(to)
  return end - Date.parse(from) <= HOURLY_UP_TO_MS ? 'hour' : 'day'
}

/** How many entries there are over time, of those that the filters leave: a strip above the list of them. */
export const Histogram = ({ search }: { search: AuditSearch }) => {
  const filters = queryOf(search)
  const bucket = bucketFor(filters.from, filters.to, Date.now())
  const { data, error, refetch } = useQuery(trpc.audit.histogram.queryOptions({ ...filters, bucket }))
  return (
    <Panel>
      {error !== null && data === undefined ? (
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
      ) : (
        <>
          <ActivityChart
            title="Audit entries"
            strip
            bucket={bucket}
            buckets={data?.buckets}
            series={SERIES}
            empty="No entries in this time"
          />
          {filters.from === undefined ? <CountedFrom first={data?.buckets[0]?.at} bucket={bucket} /> : null}
        </>
      )}
    </Panel>
  )
}

/** Where no day is chosen the strip has an end, and the list has none. The line's place is held. */
const CountedFrom = ({ first, bucket }: { first: string | undefined; bucket: Bucket }) => (
  <p className={classes.quiet}>
    {first === undefined
      ? '\u00A0'
      : `Counted from ${bucketLabel(first, bucket)} on. The list goes further back.`}
  </p>
)
