import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ActivityChart, type ChartSeries } from '../../components/charts/activity-chart.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Stat, Stats } from '../../components/stat.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { formatCount, sentence } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import { daysAgo } from './days-ago.ts'
import classes from './home.module.css'

const NOW: readonly ChartSeries[] = [{ key: 'failed', label: 'Failed', color: 'var(--cw-chart-3)' }]
const BEFORE: readonly ChartSeries[] = [
  { key: 'before', label: 'Failed a week before', color: 'var(--cw-chart-2)' },
]

/** What a security officer looks at in the morning; each figure leads to the list that it counts. */
const Security = () => {
  const { day, since } = daysAgo(1)
  const { data, error, refetch } = useQuery(trpc.home.security.queryOptions({ since }))
  if (error !== null && data === undefined)
    return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  return (
    <>
      <Stats>
        <Stat
          label="Accounts locked down"
          value={data?.lockdowns}
          attention={(data?.lockdowns ?? 0) > 0}
          action={
            <Link to="/users" search={{ status: 'suspended' }}>
              See who
            </Link>
          }
        />
        <Stat
          label="Locked out after failed sign-ins, since yesterday"
          value={data?.lockouts}
          attention={(data?.lockouts ?? 0) > 0}
          action={
            <Link to="/audit" search={{ action: 'auth.lockout', from: day }}>
              Look at them
            </Link>
          }
        />
        <Stat
          label="Failed sign-ins, since yesterday"
          value={data?.failedSignIns}
          action={
            <Link to="/audit" search={{ text: 'sign in', outcome: 'failure', from: day }}>
              Look at them
            </Link>
          }
        />
        <Stat
          label="Sessions open now"
          value={data?.sessionsOpen}
          action={<Link to="/sessions">See them</Link>}
        />
      </Stats>
      <div className={classes.pair}>
        <Panel title="Failed sign-ins, since yesterday">
          <ActivityChart
            title="Failed sign-ins since yesterday"
            strip
            bucket="hour"
            buckets={data?.hours}
            series={NOW}
            empty="No sign-in has failed"
          />
        </Panel>
        <Panel title="The same hours a week before">
          <ActivityChart
            title="Failed sign-ins of the same hours a week before"
            strip
            bucket="hour"
            buckets={data?.hours}
            series={BEFORE}
            empty="No sign-in had failed"
          />
        </Panel>
      </div>
      <div className={classes.pair}>
        <Panel title="Who holds a privileged role">
          <ul className={classes.list}>
            {data?.privileged.map(({ role, title, people }) => (
              <li key={role}>
                <Link to="/users" search={{ role }}>
                  {title}
                </Link>
                <span className={classes.number}>{formatCount(people)}</span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Keys in force, the oldest first">
          <ul className={classes.list}>
            {data?.keys.map(({ purpose, madeAt }) => (
              <li key={purpose}>
                {purpose === 'kek' ? 'Wraps all other keys' : sentence(purpose)}
                <span className={classes.quiet}>
                  made <When at={madeAt} />
                </span>
              </li>
            ))}
          </ul>
          <p className={classes.quiet}>
            Nothing rotates keys yet. Each patient’s records have a key of their own.
          </p>
        </Panel>
      </div>
    </>
  )
}

/** Comes beside the page. */
export default Security
