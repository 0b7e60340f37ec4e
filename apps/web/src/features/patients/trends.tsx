import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { failureOf } from '../../lib/errors.ts'
import { countOf, formatCount } from '../../lib/format.ts'
import { type Outputs, PHI, trpc } from '../../lib/trpc.ts'
import { measureOf } from './measure.ts'
import classes from './patients.module.css'
import { onlyLimits, trendSeries } from './series.ts'

const LineTrend = lazy(() => import('../../components/charts/line-trend.tsx'))

const route = getRouteApi('/patients/$id')

type Kinds = NonNullable<Outputs['records']['list']['summary']>['kinds']

/** As many values as one answer brings. */
const MOST_VALUES = 200
/** Of a measurement in parts, such as a blood pressure, each part has a line of its own. */
const MOST_LINES = 3

/** One measurement over time, among all that the chart has of it and not among those in the list. */
export const Trends = ({ patientId, kinds }: { patientId: string; kinds: Kinds }) => {
  const { measure } = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState<string | null>(null)
  const current =
    kinds.find(({ kind }) => (measure === undefined ? kind === chosen : measureOf(kind) === measure)) ??
    kinds[0]
  const choose = (kind: string | null) => {
    setChosen(kind)
    const next = kind === null ? undefined : measureOf(kind)
    void navigate({ search: (prev) => ({ ...prev, measure: next }), replace: true, resetScroll: false })
  }
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
          data={kinds.map(({ kind, title, count }) => ({
            value: kind,
            label: `${title} (${countOf(count, 'value')})`,
          }))}
          value={current.kind}
          onChange={choose}
        />
      }
    >
      <Trend key={current.kind} patientId={patientId} kind={current} />
    </Panel>
  )
}

const Trend = ({ patientId, kind: { kind, count, leftOut } }: { patientId: string; kind: Kinds[number] }) => {
  const { data, error, refetch } = useQuery({
    ...trpc.records.list.queryOptions({
      patientId,
      type: 'Observation',
      kind,
      standing: 'said',
      limit: MOST_VALUES,
    }),
    ...PHI,
  })
  const limits = onlyLimits(data?.items ?? [])
  const series = useMemo(() => trendSeries(data?.items ?? []), [data])
  if (error !== null) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton className={classes.trend} />
  if (series.length === 0) return <p className={classes.quiet}>Its values make no line.</p>
  return (
    <>
      {series.slice(0, MOST_LINES).map(({ code, label, points }) => (
        <div key={code} className={classes.trend}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <LineTrend label={label} points={points} />
          </Suspense>
        </div>
      ))}
      {leftOut === 0 ? null : (
        <p className={classes.quiet}>
          Left out: {countOf(leftOut, 'value')} that {leftOut === 1 ? 'was' : 'were'} taken back or negated,
          can’t be relied on, or {leftOut === 1 ? 'has' : 'have'} no date. The list has{' '}
          {leftOut === 1 ? 'it' : 'them'}.
        </p>
      )}
      {limits === 0 ? null : (
        <p className={classes.quiet}>
          Not drawn: {countOf(limits, 'value')} known only to be under or over a number.
        </p>
      )}
      {count > MOST_VALUES ? (
        <p className={classes.quiet}>
          The newest {formatCount(MOST_VALUES)} of {formatCount(count)} values.
        </p>
      ) : null}
    </>
  )
}
