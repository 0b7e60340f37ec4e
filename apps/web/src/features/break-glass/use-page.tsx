import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { BackLink } from '../../components/back-link.tsx'
import { CAUSES, stateOf, VERDICTS } from '../../components/break-glass/words.ts'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { Accesses } from './accesses.tsx'
import classes from './break-glass.module.css'
import { UseActs } from './use-acts.tsx'

type Use = Outputs['breakGlass']['get']

const route = getRouteApi('/break-glass/$id')

/** One use: why, what was opened by it, and what somebody else said of it. */
export const UsePage = () => {
  const { id } = route.useParams()
  const answer = useQuery({ ...trpc.breakGlass.get.queryOptions({ id }), staleTime: 0, gcTime: 0 })
  const use = answer.data
  return (
    <>
      <BackLink to="/break-glass">All uses of break-glass</BackLink>
      <PageHeader
        title={use === undefined ? 'Break-glass' : `Break-glass of ${use.by.displayName}`}
        windowTitle="Break-glass"
        actions={use === undefined ? undefined : <UseActs use={use} />}
      />
      <Loaded answer={answer} height={320}>
        {(shown) => <InFull use={shown} />}
      </Loaded>
    </>
  )
}

const InFull = ({ use }: { use: Use }) => (
  <div className={classes.stack}>
    {use.mine ? <Notice tone="info">This is a use of your own: somebody else reviews it.</Notice> : null}
    <Panel>
      <Facts
        columns={2}
        items={[
          [
            'Who',
            <Link key="u" to="/users/$id" params={{ id: use.by.id }}>
              {use.by.displayName}
            </Link>,
          ],
          [
            'Patient',
            <Link key="p" to="/patients/$id" params={{ id: use.patientId }} search={{ tab: 'who-saw' }}>
              Who saw this patient
            </Link>,
          ],
          ['Patient id', <ShortId key="i" id={use.patientId} of="patient id" />],
          ['Why', CAUSES[use.cause]],
          [
            'In their words',
            <blockquote key="w" className={classes.words}>
              {use.reason}
            </blockquote>,
          ],
          ['Since', <When key="s" at={use.startsAt} />],
          [use.open ? 'Ends' : 'Ended', <When key="e" at={use.endsAt} />],
          [
            'State',
            <StatusTag key="t" tone={use.open ? 'bad' : 'quiet'}>
              {stateOf(use)}
            </StatusTag>,
          ],
          ['Ended by', use.endedBy?.displayName],
        ]}
      />
    </Panel>
    {use.review === null ? null : (
      <Panel title="Review">
        <Facts
          items={[
            [
              'Verdict',
              <StatusTag key="v" tone={VERDICTS[use.review.verdict].tone}>
                {VERDICTS[use.review.verdict].label}
              </StatusTag>,
            ],
            ['By', use.review.by?.displayName],
            ['When', <When key="w" at={use.review.at} />],
            [
              'Note',
              <blockquote key="n" className={classes.words}>
                {use.review.note}
              </blockquote>,
            ],
          ]}
        />
      </Panel>
    )}
    <Panel flush title="What was opened by it">
      <Accesses accesses={use.accesses} cut={use.cut} />
    </Panel>
  </div>
)
