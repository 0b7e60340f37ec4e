import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Stat, Stats } from '../../components/stat.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { formatCount } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import { daysAgo } from './days-ago.ts'
import classes from './home.module.css'

/** What waits for the privacy officer, and what stands out. */
export const Oversight = () => {
  const { day, since } = daysAgo(1)
  const { data, error, refetch } = useQuery(trpc.home.oversight.queryOptions({ since }))
  if (error !== null && data === undefined)
    return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  return (
    <>
      <Stats>
        <Stat
          label="Exports that wait for you"
          value={data?.exportsWaiting}
          attention={(data?.exportsWaiting ?? 0) > 0}
          action={<Link to="/exports">Open the exports</Link>}
        />
        <Stat
          label="Refusals, since yesterday"
          value={data?.refusals}
          action={
            <Link to="/audit" search={{ outcome: 'refused', from: day }}>
              Look at them
            </Link>
          }
        />
        <Stat label="Charts opened, last 24 hours" value={data?.chartsOpened24h} />
        <Stat
          label="Forged entries kept out of the log"
          value={data?.quarantined}
          attention={(data?.quarantined ?? 0) > 0}
          action={
            <Link to="/audit" search={{ proof: true }}>
              Check the log
            </Link>
          }
        />
        <Stat
          label="Entries kept from the log"
          value={data?.missing}
          attention={(data?.missing ?? 0) > 0}
          action={
            <Link to="/audit" search={{ proof: true }}>
              Check the log
            </Link>
          }
        />
        <Stat
          label="Entries in the signed log"
          value={data?.head.size}
          action={
            <Link to="/audit" search={{ proof: true }}>
              Verify
            </Link>
          }
        />
      </Stats>
      {data === undefined || data.exceeded24h.length === 0 ? null : (
        <Panel title="More than is usual in an hour, last 24 hours">
          <ul className={classes.list}>
            {data.exceeded24h.map(({ name, explained }, place) => (
              <li key={`${place} ${name}`}>
                <span>{name}</span>
                <span className={classes.quiet}>{explained > 0 ? 'Has said why' : 'Has not said why'}</span>
              </li>
            ))}
          </ul>
          <p className={classes.quiet}>
            <Link to="/audit" search={{ action: 'access.explained' }}>
              Read the reasons
            </Link>
          </p>
        </Panel>
      )}
      <Panel title="Who opened the most charts, last 24 hours">
        {data === undefined ? null : data.topViewers.length === 0 ? (
          <EmptyState title="Nobody opened a chart" />
        ) : (
          <ul className={classes.list}>
            {data.topViewers.map(({ name, count }, place) => (
              <li key={`${place} ${name}`}>
                <span>{name}</span>
                <span className={classes.number}>{formatCount(count)}</span>
              </li>
            ))}
          </ul>
        )}
        {data === undefined || data.head.signedAt === null ? null : (
          <p className={classes.quiet}>
            The log was last signed <When at={data.head.signedAt} />.
          </p>
        )}
      </Panel>
    </>
  )
}
