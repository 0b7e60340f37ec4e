import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Stat, Stats } from '../../components/stat.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { shortId } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './home.module.css'

/**
 * The patients in the person's care, and the charts they opened last: by id alone, since a landing page is
 * seen over shoulders.
 */
export const Mine = () => {
  const { data, error, refetch } = useQuery(trpc.home.mine.queryOptions({}))
  if (error !== null && data === undefined)
    return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  return (
    <>
      <Stats>
        <Stat
          label="Patients in your care"
          value={data?.patients}
          action={<Link to="/patients">Open the list</Link>}
        />
      </Stats>
      <Panel title="Charts you opened last">
        {data === undefined ? (
          <Skeleton height={100} />
        ) : data.recent.length === 0 ? (
          <EmptyState title="You have not opened a chart yet">
            <Link to="/patients">Go to your patients</Link>
          </EmptyState>
        ) : (
          <ul className={classes.list}>
            {data.recent.map(({ patientId, at }) => (
              <li key={`${patientId}-${at}`}>
                <Link to="/patients/$id" params={{ id: patientId }}>
                  Patient {shortId(patientId)}
                </Link>
                <When at={at} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}
