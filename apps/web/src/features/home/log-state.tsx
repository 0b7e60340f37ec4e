import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Stat, Stats } from '../../components/stat.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { countOf, formatCount, sentence } from '../../lib/format.ts'
import { useCan } from '../../lib/session/session.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { daysAgo } from './days-ago.ts'
import classes from './home.module.css'

type LogState = Outputs['home']['log']

const DAYS = 90

/** What was done, in people's words; what has none is named by its action. */
const DONE: Readonly<Record<string, string>> = {
  'audit.exported': 'The log was downloaded',
  'audit.accesses-exported': 'Who saw a patient, downloaded',
  'audit.accesses-printed': 'Who saw a patient, printed',
  'approval.approved': 'Approved by a second person',
  'approval.rejected': 'Rejected by a second person',
  'export.approved': 'Export approved',
  'export.rejected': 'Export rejected',
  'export.downloaded': 'Release downloaded',
}

const LastCheck = ({ check }: { check: LogState['lastCheck'] }) =>
  check === null ? (
    <>The log has never been checked as a whole.</>
  ) : (
    <>
      Last checked <When at={check.at} /> by {check.by}:{' '}
      {check.findings === null
        ? 'its result was not noted'
        : check.findings === 0
          ? 'it held'
          : countOf(check.findings, 'finding')}
      .{' '}
      <Link to="/audit" search={{ entry: check.entryId }}>
        The entry of it
      </Link>
    </>
  )

/** The state of the log, what stands in it, and, for whoever only reads it, where to begin. */
const Log = () => {
  const can = useCan()
  const { day, since } = daysAgo(DAYS - 1)
  const { data, error, refetch } = useQuery(trpc.home.log.queryOptions({ since }))
  if (error !== null && data === undefined)
    return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  const check = (
    <Link to="/audit" search={{ proof: true }}>
      Check the log
    </Link>
  )
  return (
    <>
      <Stats>
        <Stat label="Entries in the signed log" value={data?.head.size} action={check} />
        <Stat
          label="Forged entries kept out of the log"
          value={data?.quarantined}
          attention={(data?.quarantined ?? 0) > 0}
          action={check}
        />
        <Stat
          label="Entries kept from the log"
          value={data?.missing}
          attention={(data?.missing ?? 0) > 0}
          action={check}
        />
      </Stats>
      <Panel title="The log’s last signature and check">
        {data === undefined ? null : (
          <p className={classes.said}>
            {data.head.signedAt === null ? (
              'The log has not been signed yet. '
            ) : (
              <>
                Signed <When at={data.head.signedAt} />.{' '}
              </>
            )}
            <LastCheck check={data.lastCheck} />
          </p>
        )}
      </Panel>
      {can('home:security:read') ? null : <WhereToBegin />}
      <div className={classes.pair}>
        <Panel title={`Entries by category, last ${DAYS} days`}>
          <ul className={classes.list}>
            {data?.categories
              .filter(({ count }) => count > 0)
              .map(({ category, count }) => (
                <li key={category}>
                  <Link to="/audit" search={{ category, from: day }}>
                    {sentence(category)}
                  </Link>
                  <span className={classes.number}>{formatCount(count)}</span>
                </li>
              ))}
          </ul>
        </Panel>
        <Panel title={`What left the log, and what two people decided, last ${DAYS} days`}>
          <ul className={classes.list}>
            {data?.done.map(({ action, count }) => (
              <li key={action}>
                <Link to="/audit" search={{ action, outcome: 'success', from: day }}>
                  {DONE[action] ?? sentence(action)}
                </Link>
                <span className={classes.number}>{formatCount(count)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}

/** How to verify without trusting this server. */
const WhereToBegin = () => {
  const { data: head } = useQuery(trpc.audit.head.queryOptions({}))
  return (
    <Panel title="Where to begin">
      <ol className={classes.steps}>
        <li>
          Have the log’s public key given to you by another way than this page, and compare:{' '}
          <code className={classes.command}>{head?.verifierKey ?? ''}</code>
        </li>
        <li>
          Ask a privacy officer for the log as a file; downloading it is an entry of the log itself, and
          stands below.
        </li>
        <li>
          Verify it on a machine of your own, with no account and no connection:{' '}
          <code className={classes.command}>chartward verify FILE --key KEY</code>
        </li>
        <li>
          Any entry’s proof is checked in your own browser:{' '}
          <Link to="/audit" search={{ proof: true }}>
            begin with the signed head
          </Link>
          .
        </li>
      </ol>
    </Panel>
  )
}

/** Comes beside the page. */
export default Log
