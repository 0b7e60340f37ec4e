import { SegmentedControl, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ActivityChart, type ChartSeries } from '../../components/charts/activity-chart.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { countOf } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { Accounts } from './accounts.tsx'
import { Claims } from './claims.tsx'
import { Exports } from './exports.tsx'
import classes from './home.module.css'
import { Mine } from './mine.tsx'
import { NeedsYou } from './needs-you.tsx'
import { Oversight } from './oversight.tsx'

const route = getRouteApi('/')

const Security = lazy(() => import('./security.tsx'))
const CareWindow = lazy(() => import('./care-window.tsx'))
const Log = lazy(() => import('./log-state.tsx'))
const OwnRecord = lazy(() => import('./own-record.tsx'))

/** Whoever sees one of these is shown the access of the whole house. */
const HOUSE = ['home:accounts:read', 'home:oversight:read', 'home:security:read', 'home:log:read'] as const

const SERIES: readonly ChartSeries[] = [
  { key: 'views', label: 'Views', color: 'var(--cw-chart-1)' },
  { key: 'changes', label: 'Changes', color: 'var(--cw-chart-2)' },
  { key: 'refused', label: 'Refused', color: 'var(--cw-chart-3)' },
]

const SPANS = [
  { days: 1, label: 'Day', bucket: 'hour' },
  { days: 7, label: 'Week', bucket: 'day' },
  { days: 28, label: '4 weeks', bucket: 'day' },
] as const

const firstName = (name: string) => name.split(' ')[0] ?? name

/** The landing page: what waits for the person's roles, and access over time. */
export const HomePage = () => {
  const { user, roles, breakGlass } = useSession()
  const can = useCan()
  const { days = 7 } = route.useSearch()
  const navigate = route.useNavigate()
  const span = SPANS.find((one) => one.days === days) ?? SPANS[1]
  // A patient sees who saw their record, and is shown no figures of themselves.
  const own = can('self:access:list')
  const { data, error, refetch } = useQuery({
    ...trpc.home.activity.queryOptions({ bucket: span.bucket, days: span.days }),
    enabled: !own,
  })
  const house = HOUSE.some((permission) => can(permission))
  return (
    <>
      <PageHeader
        title={`Good to see you, ${firstName(user.displayName)}`}
        windowTitle="Overview"
        lead={
          roles.length === 0
            ? 'You have no role yet, so there is nothing to open. An administrator gives roles.'
            : roles.map(({ title }) => title).join(', ')
        }
      />
      <div className={classes.stack}>
        <NeedsYou />
        {breakGlass.unreviewed === 0 ? null : (
          <Notice tone="warn" title="Your use of break-glass waits for its review">
            {countOf(breakGlass.unreviewed, 'use')}, since <When at={breakGlass.unreviewedSince} />. Each is
            reviewed by somebody else; <Link to="/account">yours are listed in your account</Link>.
          </Notice>
        )}
        {own ? (
          <Suspense fallback={<Skeleton height={160} />}>
            <OwnRecord />
          </Suspense>
        ) : null}
        {can('vault:claim:search') ? <Claims /> : null}
        {can('home:security:read') || can('home:log:read') ? (
          <Suspense fallback={<Skeleton height={480} />}>
            {can('home:security:read') ? <Security /> : null}
            {can('home:log:read') ? <Log /> : null}
          </Suspense>
        ) : null}
        {can('home:oversight:read') ? <Oversight /> : null}
        {can('home:accounts:read') ? <Accounts /> : null}
        {can('care:window:read') ? (
          <Suspense fallback={<Skeleton height={200} />}>
            <CareWindow />
          </Suspense>
        ) : null}
        {can('vault:patient:list') ? <Mine /> : null}
        {can('export:request:create') ? <Exports /> : null}
        {own ? null : (
          <Panel
            title={house ? 'Access over time' : 'Your access over time'}
            aside={
              <SegmentedControl
                aria-label="How far back"
                size="xs"
                data={SPANS.map((one) => ({ value: String(one.days), label: one.label }))}
                value={String(span.days)}
                onChange={(value) => {
                  const next = SPANS.find((one) => String(one.days) === value)?.days
                  void navigate({
                    search: next === 7 ? {} : { days: next },
                    replace: true,
                    resetScroll: false,
                  })
                }}
              />
            }
          >
            {error !== null && data === undefined ? (
              <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
            ) : (
              <ActivityChart
                title={house ? 'Access' : 'Your access'}
                bucket={span.bucket}
                buckets={data?.buckets}
                series={SERIES}
                empty="Nothing happened in this time"
              />
            )}
          </Panel>
        )}
      </div>
    </>
  )
}
