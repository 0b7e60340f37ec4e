import { Button, Group, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { BackLink } from '../../components/back-link.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { PeopleLines } from '../../components/people/people-lines.tsx'
import { OUTCOMES } from '../../components/people/words.ts'
import { ShortId } from '../../components/short-id.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { useWorks } from '../../components/work/use-works.ts'
import { isOpen } from '../../components/work/words.ts'
import { WorkProgress } from '../../components/work/work-progress.tsx'
import { BACKGROUND } from '../../lib/client.ts'
import { countOf, formatCount, shortHash } from '../../lib/format.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'
import { AskImport } from './ask-import.tsx'
import classes from './people.module.css'
import { saveReport } from './save-report.ts'
import { type FullChange, KINDS, STATES } from './words.ts'

const route = getRouteApi('/people/$id')
const POLL_MS = 3000
const SHOWN = 200
const VIEWS = ['create', 'change', 'same', 'refused'] as const

/** One import or change: what it would do, who agreed on it, how far it is, and what came of it. */
export const ChangePage = () => {
  const { id } = route.useParams()
  const { outcome } = route.useSearch()
  const input = { id, limit: SHOWN, ...(outcome === undefined ? {} : { outcome }) }
  const query = useQuery({
    ...trpc.people.get.queryOptions(input),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
  const look = async () => {
    const fresh = await client.people.get.query(input, { context: BACKGROUND })
    queryClient.setQueryData(trpc.people.get.queryKey(input), fresh)
  }
  usePoll(query.data?.state === 'running', POLL_MS, look)
  return (
    <>
      <BackLink to="/people">All imports and changes</BackLink>
      <PageHeader
        title={
          query.data !== undefined ? KINDS[query.data.kind] : query.error === null ? undefined : 'People'
        }
        windowTitle="People"
      />
      <Loaded answer={query} height={320}>
        {(change) => <InFull change={change} />}
      </Loaded>
    </>
  )
}

const InFull = ({ change }: { change: FullChange }) => {
  const { outcome } = route.useSearch()
  const navigate = route.useNavigate()
  const [asking, setAsking] = useState(false)
  const { difference, results, state } = change
  return (
    <div className={classes.stack}>
      <Panel>
        <Facts
          items={[
            [
              'State',
              <StatusTag key="s" tone={STATES[state].tone}>
                {STATES[state].label}
              </StatusTag>,
            ],
            ['Asked by', change.mine ? 'You' : change.askedBy.displayName],
            ['Begun', <When key="w" at={change.createdAt} />],
            ['SHA-256', <ShortId key="h" id={change.sha256} of="hash" text={shortHash(change.sha256)} />],
            ...(state === 'ended'
              ? ([
                  ['Done', countOf(results.done, 'person', 'people')],
                  ['Not done', countOf(results.refused + results.overtaken, 'person', 'people')],
                ] as const)
              : []),
          ]}
        />
        {state === 'running' ? <Progress id={change.id} /> : null}
      </Panel>
      {state !== 'draft' || difference === null ? null : (
        <Notice
          tone={difference.counts.refused === 0 ? 'info' : 'warn'}
          title="This is a dry run: nothing has been changed"
        >
          {difference.counts.refused === 0
            ? 'Somebody else has to agree on exactly what stands here before it is done.'
            : `${countOf(difference.counts.refused, 'line')} would not be carried out. Correct the file and send it in again, or ask for the others alone.`}
        </Notice>
      )}
      {difference === null ? (
        <EmptyState title="Nothing is left of it">
          It was turned down or discarded, and what had been asked for was deleted. Nobody was changed.
        </EmptyState>
      ) : (
        <Panel flush>
          <FilterBar>
            <Select
              aria-label="Which lines"
              placeholder="All lines"
              clearable
              value={outcome ?? null}
              data={VIEWS.map((value) => ({
                value,
                label: `${OUTCOMES[value].label} (${formatCount(difference.counts[value])})`,
              }))}
              onChange={(value) =>
                void navigate({
                  search: { outcome: VIEWS.find((one) => one === value) },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          </FilterBar>
          <PeopleLines
            caption={change.kind === 'import' ? 'Lines of the file' : 'People'}
            numbered={change.kind === 'import'}
            lines={difference.lines}
            empty={<EmptyState title="No line is of this kind">Look at the others.</EmptyState>}
            tools={
              difference.next === null ? undefined : (
                <span className={classes.quiet}>
                  The first {formatCount(difference.lines.length)}; the report has all.
                </span>
              )
            }
          />
        </Panel>
      )}
      <Group>
        {state === 'draft' && change.mine && difference !== null ? (
          <>
            <Button
              onClick={() => setAsking(true)}
              disabled={difference.counts.create + difference.counts.change === 0}
            >
              Ask for approval
            </Button>
            <AskImport
              id={change.id}
              difference={difference}
              opened={asking}
              onClose={() => setAsking(false)}
            />
          </>
        ) : null}
        {difference === null ? null : (
          <Button variant="default" onClick={() => void saveReport(change.id)}>
            Download the report
          </Button>
        )}
      </Group>
    </div>
  )
}

/** How far it is. */
const Progress = ({ id }: { id: string }) => {
  const work = useWorks({ subjectId: id, open: true }).data?.items.find(isOpen)
  return work === undefined ? null : <WorkProgress work={work} />
}
