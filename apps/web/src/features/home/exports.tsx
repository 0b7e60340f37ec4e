import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../components/empty-state.tsx'
import { ExportStateTag } from '../../components/export-state-tag.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { failureOf } from '../../lib/errors.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './home.module.css'

const SHOWN = 5

/** The analyst's latest requests. */
export const Exports = () => {
  const { data, error, refetch } = useQuery(trpc.exports.list.queryOptions({}))
  if (error !== null && data === undefined)
    return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  return (
    <Panel
      title="Your exports"
      aside={
        <LinkButton to="/exports" search={{ new: true }} size="xs">
          Request an export
        </LinkButton>
      }
    >
      {data === undefined ? (
        <Skeleton height={100} />
      ) : data.items.length === 0 ? (
        <EmptyState title="You have not requested an export yet">
          Say what it is for and which records it needs; a privacy officer decides.
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {data.items.slice(0, SHOWN).map((request) => (
            <li key={request.id}>
              <Link to="/exports/$id" params={{ id: request.id }}>
                {request.purpose}
              </Link>
              <ExportStateTag request={request} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
