import { Skeleton } from '@mantine/core'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { failureOf } from '../../lib/errors.ts'
import { countOf } from '../../lib/format.ts'
import { useNeeds } from '../../lib/use-needs.ts'
import classes from './home.module.css'
import { NeedLine } from './need.tsx'

const SHOWN = 8
/** Whoever comes to the landing page to see what waits is shown what waits now. */
const FRESH_MS = 10_000

/** What waits for this person, the most pressing first: where each role's day begins. */
export const NeedsYou = () => {
  const { data, error, refetch } = useNeeds(FRESH_MS)
  const total = Object.values(data?.counts ?? {}).reduce((sum, count) => sum + count, 0)
  const shown = data?.items.slice(0, SHOWN) ?? []
  return (
    <Panel title="Needs you">
      {data === undefined ? (
        error === null ? (
          <Skeleton height={20} />
        ) : (
          <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
        )
      ) : total === 0 ? (
        <span className={classes.quiet}>Nothing waits for you.</span>
      ) : (
        <>
          <ul className={classes.list}>
            {shown.map((item) => (
              <NeedLine key={`${item.kind} ${item.id}`} item={item} />
            ))}
          </ul>
          {total > shown.length ? (
            <p className={classes.quiet}>
              And {countOf(total - shown.length, 'more thing')}: the numbers beside the pages say where.
            </p>
          ) : null}
        </>
      )}
    </Panel>
  )
}
