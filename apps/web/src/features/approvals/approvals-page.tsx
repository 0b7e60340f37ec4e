import { type ApprovalStatus, approvalStatus } from '@chartward/contract'
import { Button, Group, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FilterBar, Tally } from '../../components/filter-bar.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag, type TagTone } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { sentence } from '../../lib/format.ts'
import { useCan } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import classes from './approvals.module.css'
import type { Approval, Decision } from './decision.ts'
import { DecisionDialog } from './decision-dialog.tsx'

const route = getRouteApi('/approvals')
const VIEWS = [...approvalStatus.options, 'all'] as const
const STATES: Readonly<Record<ApprovalStatus, { label: string; tone: TagTone }>> = {
  pending: { label: 'Waits for approval', tone: 'info' },
  approved: { label: 'Approved', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  expired: { label: 'Lapsed', tone: 'quiet' },
}

/** What has been done already does not lapse: it waits until somebody has looked. */
const isLasting = (expiresAt: string): boolean => Date.parse(expiresAt) - Date.now() > 365 * 86_400_000

const wordsOf = ({ kind, detail, subject }: Approval): string =>
  kind === 'upload-trust' || kind === 'people-change' ? detail : `${detail} for ${subject.label}`

export const ApprovalsPage = () => {
  const { status = 'pending' } = route.useSearch()
  const navigate = route.useNavigate()
  const mayDecide = useCan()('access:approval:decide')
  // Asked anew each time that the page is opened: others ask and decide meanwhile.
  const query = useQuery({
    ...trpc.approvals.list.queryOptions(status === 'all' ? {} : { status }),
    staleTime: 0,
  })
  const [decision, setDecision] = useState<Decision | null>(null)

  const columns: readonly Column<Approval>[] = [
    {
      key: 'what',
      label: 'What',
      min: '12rem',
      always: true,
      sort: ({ detail, subject }) => `${detail} ${subject.label}`,
      cell: ({ kind, detail, subject }) => (
        <>
          <strong>{detail}</strong>
          <div>
            {kind === 'people-change' ? (
              <Link to="/people/$id" params={{ id: subject.id }}>
                Open the change
              </Link>
            ) : kind === 'upload-trust' ? (
              <Link to="/imports" search={{ upload: subject.id }}>
                Open the upload
              </Link>
            ) : (
              <>
                {sentence(kind)} for{' '}
                <Link to="/users/$id" params={{ id: subject.id }}>
                  {subject.label}
                </Link>
              </>
            )}
          </div>
        </>
      ),
    },
    { key: 'why', label: 'Why', min: '10rem', cell: ({ reason }) => reason },
    {
      key: 'by',
      label: 'Requested',
      width: '11rem',
      sort: ({ createdAt }) => createdAt,
      cell: ({ requestedBy, createdAt }) => (
        <>
          {requestedBy.displayName}
          <div>
            <When at={createdAt} />
          </div>
        </>
      ),
    },
    {
      key: 'state',
      label: 'State',
      width: '11rem',
      sort: ({ status: state }) => state,
      cell: ({ kind, status: state, decidedBy, expiresAt }) => (
        <>
          <StatusTag tone={STATES[state].tone}>{STATES[state].label}</StatusTag>
          <div>
            {state === 'pending' ? (
              kind === 'lockdown' && isLasting(expiresAt) ? (
                'waits to be looked at'
              ) : (
                <>
                  lapses <When at={expiresAt} />
                </>
              )
            ) : decidedBy === null ? null : (
              `by ${decidedBy.displayName}`
            )}
          </div>
        </>
      ),
    },
    ...(mayDecide
      ? [
          {
            key: 'decide',
            label: 'Decide',
            width: '11rem',
            always: true,
            cell: (approval: Approval) =>
              approval.status !== 'pending' ? null : approval.mine ? (
                'Your own request: another person decides.'
              ) : (
                <Group gap={6} wrap="nowrap">
                  <Button
                    size="compact-sm"
                    aria-label={`Approve: ${wordsOf(approval)}`}
                    onClick={() => setDecision({ approval, verdict: 'approve' })}
                  >
                    Approve
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Reject: ${wordsOf(approval)}`}
                    onClick={() => setDecision({ approval, verdict: 'reject' })}
                  >
                    Reject
                  </Button>
                </Group>
              ),
          },
        ]
      : []),
  ]

  return (
    <>
      <PageHeader
        title="Approvals"
        windowTitle="Approvals"
        lead="What is privileged takes effect when a second person has approved it. A lockdown is in force already: approving confirms it, rejecting lifts it."
      />
      <Panel flush>
        <FilterBar>
          <SegmentedControl
            aria-label="Which requests"
            size="xs"
            className={classes.views ?? ''}
            data={VIEWS.map((value) => ({ value, label: value === 'all' ? 'All' : STATES[value].label }))}
            value={status}
            onChange={(value) => {
              const next = VIEWS.find((view) => view === value)
              void navigate({
                search: (prev) => ({ ...prev, status: next === 'pending' ? undefined : next }),
              })
            }}
          />
          <Tally shown={query.data?.items.length} more={false} noun="request" />
        </FilterBar>
        <DataTable
          id="approvals"
          sort={useUrlSort()}
          caption="Requests that need a second person"
          columns={columns}
          rows={query.data?.items}
          rowKey={({ id }) => id}
          query={query}
          empty={
            <EmptyState title={status === 'pending' ? 'Nothing waits for you' : 'No such requests'}>
              Roles, links, deactivations and lockdowns are requested from a user’s own page, and that an
              upload is trusted from Imports.
            </EmptyState>
          }
        />
      </Panel>
      <DecisionDialog decision={decision} onClose={() => setDecision(null)} />
    </>
  )
}
