import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { countOf, shortId } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { ActDialog } from '../act-dialog.tsx'
import { type Column, DataTable } from '../data-table.tsx'
import { EmptyState } from '../empty-state.tsx'
import { Panel } from '../panel.tsx'
import { StatusTag } from '../status-tag.tsx'
import { When } from '../when.tsx'
import classes from './cover.module.css'
import { GiveCover } from './give-cover.tsx'

type Cover = Outputs['covers']['list']['items'][number]

interface Props {
  /** Whose covers, for whoever keeps the care teams of others; left out, one's own. */
  userId?: string
  name?: string
}

/** Who covers for whom: what this person gave, and what they have from colleagues. */
export const CoverPanel = ({ userId, name }: Props) => {
  const can = useCan()
  const { user: me } = useSession()
  const query = useQuery({
    ...trpc.covers.list.queryOptions(userId === undefined ? {} : { userId }),
    staleTime: 0,
    gcTime: 0,
  })
  const [giving, give] = useDisclosure(false)
  const [ending, setEnding] = useState<Cover | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['covers']['end']) => client.covers.end.mutate(input),
    refresh: [{ queryKey: trpc.covers.list.queryKey() }, { queryKey: trpc.patients.mine.queryKey() }],
    onDone: () => setEnding(null),
  })
  const columns: readonly Column<Cover>[] = [
    {
      key: 'who',
      label: 'Who',
      always: true,
      min: '12rem',
      cell: ({ covered, receivers, givenBy }) => (
        <>
          {receivers.map((one) => (one.id === me.id ? 'You' : one.displayName)).join(', ')} for{' '}
          {covered.id === me.id ? 'you' : covered.displayName}
          {givenBy.id === covered.id ? null : (
            <div className={classes.quiet}>arranged by {givenBy.displayName}</div>
          )}
        </>
      ),
    },
    {
      key: 'patients',
      label: 'Patients',
      min: '10rem',
      cell: ({ patientIds }) => (
        <details>
          <summary>{countOf(patientIds.length, 'patient')}</summary>
          <ul className={classes.ids}>
            {patientIds.map((id) => (
              <li key={id}>
                <Link to="/patients/$id" params={{ id }}>
                  {shortId(id)}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ),
    },
    {
      key: 'until',
      label: 'Until',
      width: '9rem',
      cell: ({ endsAt, ended }) => (ended ? <StatusTag tone="quiet">Ended</StatusTag> : <When at={endsAt} />),
    },
    { key: 'why', label: 'Why', cell: ({ reason }) => <span className={classes.quiet}>“{reason}”</span> },
    {
      key: 'act',
      label: 'Act',
      width: '6rem',
      always: true,
      cell: (cover) =>
        cover.mayEnd ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`End the cover by ${cover.receivers.map((one) => one.displayName).join(', ')}`}
            onClick={() => {
              reset()
              setEnding(cover)
            }}
          >
            End
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel
      flush
      title="Cover"
      aside={
        can('care:cover:give') ? (
          <Button size="xs" variant="default" onClick={give.open}>
            {userId === undefined ? 'Hand over all my patients' : 'Arrange cover'}
          </Button>
        ) : undefined
      }
    >
      <DataTable
        caption="Cover"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        query={query}
        empty={
          <EmptyState title="No cover">
            Patients can be handed to colleagues for some days, by whoever treats them.
          </EmptyState>
        }
      />
      <GiveCover
        opened={giving}
        onClose={give.close}
        patients="all"
        {...(userId === undefined ? {} : { covered: { id: userId, name: name ?? '' } })}
      />
      <ActDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title="End a cover"
        destructive
        confirm="End it"
        consequence={`${countOf(ending?.patientIds.length ?? 0, 'patient')}, ${ending?.receivers.map((one) => one.displayName).join(', ') ?? ''}: all of it ends at once, from their next request on.`}
        pending={pending}
        failure={failure}
        onConfirm={(reason) => {
          if (ending !== null) act({ id: ending.id, reason })
        }}
      />
    </Panel>
  )
}
