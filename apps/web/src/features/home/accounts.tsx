import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ActivityChart, type ChartSeries } from '../../components/charts/activity-chart.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Stat, Stats } from '../../components/stat.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { sentence } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './home.module.css'

/** What an administrator is told where there is little space, or nobody can tell. */
const SPACE = {
  low: 'The database’s space is low. Imports and builds of exports have stopped; everything else goes on.',
  critical:
    'The database’s space is nearly used up. Make room now, or nothing more can be written to the audit log.',
  unknown: 'What space the database has left can’t be told, so imports and builds of exports have stopped.',
} as const

const toldOf = (space: string | undefined): string | null =>
  space === 'low' || space === 'critical' || space === 'unknown' ? SPACE[space] : null

const SERIES: readonly ChartSeries[] = [
  { key: 'success', label: 'Signed in', color: 'var(--cw-chart-1)' },
  { key: 'failure', label: 'Failed', color: 'var(--cw-chart-3)' },
]

/** What waits for the administrator. */
export const Accounts = () => {
  const { data, error, refetch } = useQuery(trpc.home.accounts.queryOptions({}))
  if (error !== null && data === undefined)
    return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  const space = toldOf(data?.space)
  return (
    <>
      {space === null ? null : <Panel title="Space for the database">{space}</Panel>}
      <Stats>
        <Stat
          label="Waits for approval"
          value={data?.pendingApprovals}
          attention={(data?.pendingApprovals ?? 0) > 0}
          action={<Link to="/approvals">See them</Link>}
        />
        <Stat
          label="Invitations open"
          value={data?.invited}
          action={
            <Link to="/users" search={{ status: 'invited' }}>
              See who
            </Link>
          }
        />
        <Stat
          label="Active accounts"
          value={data?.active}
          action={
            <Link to="/users" search={{ status: 'active' }}>
              See them
            </Link>
          }
        />
        <Stat
          label="Active without a second factor"
          value={data?.withoutMfa}
          action={
            <Link to="/users" search={{ status: 'active', factor: 'missing' }}>
              See who
            </Link>
          }
        />
      </Stats>
      <div className={classes.pair}>
        <Panel title="Roles that end soon">
          {data === undefined ? null : data.expiringAssignments.length === 0 ? (
            <EmptyState title="No role ends soon" />
          ) : (
            <ul className={classes.list}>
              {data.expiringAssignments.map(({ user, role, endsAt }) => (
                <li key={`${user}-${role}-${endsAt}`}>
                  <span>
                    <Link to="/users" search={{ text: user }}>
                      {user}
                    </Link>{' '}
                    <span className={classes.quiet}>{sentence(role)}</span>
                  </span>
                  <When at={endsAt} />
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel title="Sign-ins">
          <ActivityChart
            title="Sign-ins"
            bucket="day"
            buckets={data?.signIns}
            series={SERIES}
            empty="Nobody signed in"
          />
        </Panel>
      </div>
    </>
  )
}
