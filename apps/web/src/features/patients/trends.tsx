import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { ValuesTable } from '../../components/charts/values-table.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { failureOf } from '../../lib/errors.ts'
import { kindName } from '../../lib/fhir/vitals.ts'
import { countOf, formatCount } from '../../lib/format.ts'
import { type Outputs, PHI, trpc } from '../../lib/trpc.ts'
import { measureOf } from './measure.ts'
import classes from './patients.module.css'
import { trendOf } from './series.ts'

const LineTrend = lazy(() => import('../../components/charts/line-trend.tsx'))

const route = getRouteApi('/patients/$id')

type Kinds = NonNullable<Outputs['records']['list']['summary']>['kinds']

/** One measurement over time, all that the chart has of it. Its place is held, so that the list stays put. */
export const Trends = ({ patientId, kinds }: { patientId: string; kinds: Kinds | undefined }) => {
  const { measure } = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState<string | null>(null)
  const current =
    kinds?.find(({ kind }) => (measure === undefined ? kind === chosen : measureOf(kind) === measure)) ??
    kinds?.[0]
  const choose = (kind: string | null) => {
    setChosen(kind)
    const next = kind === null ? undefined : measureOf(kind)
    void navigate({ search: (prev) => ({ ...prev, measure: next }), replace: true, resetScroll: false })
  }
  return (
    <Panel
      title="Over time"
      aside={
        kinds === undefined || current === undefined ? (
          <span className={classes.selectPlace} />
        ) : (
          <Select
            aria-label="Measurement"
            size="xs"
            w={280}
            allowDeselect={false}
            data={kinds.map(({ kind, title, count }) => ({
              value: kind,
              label: `${kindName(kind, title)} (${countOf(count, 'value')})`,
            }))}
            value={current.kind}
            onChange={choose}
          />
        )
      }
    >
      <div className={classes.trendPlace}>
        {kinds === undefined ? (
          <Skeleton className={classes.trend ?? ''} />
        ) : current === undefined ? (
          <p className={classes.quiet}>
            Nothing was measured often enough for a line: three values make one.
          </p>
        ) : (
          <Trend key={current.kind} patientId={patientId} kind={current} />
        )}
      </div>
    </Panel>
  )
}

const Trend = ({ patientId, kind: { kind, title, leftOut } }: { patientId: string; kind: Kinds[number] }) => {
  const { data, error, refetch } = useQuery({
    ...trpc.records.trend.queryOptions({ patientId, kind }),
    ...PHI,
  })
  const trend = useMemo(() => trendOf(data?.items ?? []), [data])
  if (error !== null) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton className={classes.trend ?? ''} />
  const label = kindName(kind, title)
  const { rows, columns, lines, points, unit } = trend
  return (
    <>
      {lines.length === 0 ? (
        <p className={classes.quiet}>Its values make no line.</p>
      ) : (
        <div className={classes.trend}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <LineTrend label={unit === '' ? label : `${label}, in ${unit}`} lines={lines} points={points} />
          </Suspense>
        </div>
      )}
      <ValuesTable
        caption={`${label}: ${countOf(rows.length, 'observation')}, newest first`}
        columns={['When', ...columns.map((column) => column.label)]}
        rows={rows.map(({ id, when, measured }) => ({
          key: id,
          label: when,
          cells: columns.map(({ key }) =>
            measured
              .filter((one) => one.key === key)
              .map(({ shown }) => shown)
              .join(', '),
          ),
        }))}
      />
      <TrendWords count={data.count} given={data.items.length} notDrawn={trend.notDrawn} leftOut={leftOut} />
    </>
  )
}

interface WordsProps {
  /** How many values there are that can be points, and how many of them came. */
  count: number
  given: number
  notDrawn: number
  leftOut: number
}

/** Whether this is the whole series, and what is not in it. */
export const TrendWords = ({ count, given, notDrawn, leftOut }: WordsProps) => {
  const words = [
    given < count
      ? `Cut: the newest ${formatCount(given)} of ${formatCount(count)} observations.`
      : `The whole series: ${countOf(count, 'observation')}.`,
    notDrawn === 0
      ? null
      : `Not drawn, and in the table: ${countOf(notDrawn, 'value')} known only to be under or over a number, in another unit, or too few for a line.`,
    leftOut === 0
      ? null
      : `Left out: ${countOf(leftOut, 'observation')} that ${leftOut === 1 ? 'was' : 'were'} taken back or negated, can’t be relied on, or ${leftOut === 1 ? 'has' : 'have'} no date. The list has ${leftOut === 1 ? 'it' : 'them'}.`,
  ]
  return <p className={classes.quiet}>{words.filter((text) => text !== null).join(' ')}</p>
}
