import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { sentence } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Inputs, type Outputs, PHI, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useNow } from '../../lib/use-now.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { AddToCareTeam } from './add-to-care-team.tsx'
import classes from './patients.module.css'

type Relationship = Outputs['care']['list']['items'][number]

/** Who has a care relationship with this patient, and so may open the chart. */
export const CareTeam = ({ patientId }: { patientId: string }) => {
  const can = useCan()
  const { user: me } = useSession()
  const now = useNow(60_000)
  const query = useQuery({ ...trpc.care.list.queryOptions({ patientId }), ...PHI })
  const [adding, add] = useDisclosure(false)
  const [ending, setEnding] = useState<Relationship | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['care']['end']) => client.care.end.mutate(input),
    refresh: [{ queryKey: trpc.care.list.queryKey({ patientId }) }],
    onDone: () => setEnding(null),
  })
  const columns: readonly Column<Relationship>[] = [
    { key: 'who', label: 'Who', always: true, sort: ({ who }) => who.name, cell: ({ who }) => who.name },
    { key: 'kind', label: 'By', sort: ({ kind }) => sentence(kind), cell: ({ kind }) => sentence(kind) },
    {
      key: 'source',
      label: 'From',
      cell: ({ who, givenBy, reason }) => (
        <>
          {who.practitionerId !== null
            ? 'Imported records'
            : givenBy === null
              ? 'By hand'
              : `By hand, by ${givenBy}`}
          {reason === null ? null : <div className={classes.quiet}>“{reason}”</div>}
        </>
      ),
    },
    {
      key: 'since',
      label: 'Since',
      sort: ({ startsAt }) => startsAt,
      cell: ({ startsAt }) => <When at={startsAt} />,
    },
    {
      key: 'until',
      label: 'Until',
      sort: ({ endsAt }) => endsAt,
      cell: ({ endsAt }) => <When at={endsAt} absent="no end set" />,
    },
    {
      key: 'state',
      label: 'State',
      cell: ({ ended, trusted, withdrawn, startsAt }) =>
        withdrawn ? (
          <StatusTag tone="quiet">Taken back: opens nothing</StatusTag>
        ) : !ended && Date.parse(startsAt) > now ? (
          <StatusTag tone="info">Not yet</StatusTag>
        ) : ended ? (
          <StatusTag tone="quiet">Ended</StatusTag>
        ) : trusted ? (
          <StatusTag tone="good">Opens the chart</StatusTag>
        ) : (
          <StatusTag tone="warn">Untrusted source: opens nothing</StatusTag>
        ),
    },
    ...(can('care:relationship:end')
      ? [
          {
            key: 'act',
            label: 'Act',
            width: '6rem',
            always: true,
            cell: (item: Relationship) =>
              item.ended || item.who.userId === null || item.who.userId === me.id ? null : (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`End the care relationship of ${item.who.name}`}
                  onClick={() => {
                    reset()
                    setEnding(item)
                  }}
                >
                  End
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <Panel
      flush
      title="Care relationships"
      aside={
        can('care:relationship:create') ? (
          <Button size="xs" onClick={add.open}>
            Add to the care team
          </Button>
        ) : undefined
      }
    >
      <DataTable
        id="care-team"
        sort={useUrlSort()}
        caption="Care relationships"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        query={query}
        empty={<EmptyState title="Nobody has a care relationship with this patient" />}
      />
      <AddToCareTeam patientId={patientId} opened={adding} onClose={add.close} />
      <ActDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title="End a care relationship"
        destructive
        confirm="End it"
        consequence={`${ending?.who.name ?? ''} can no longer open this chart, from their next request on.`}
        pending={pending}
        failure={failure}
        onConfirm={(reason) => {
          if (ending !== null) act({ patientId, id: ending.id, reason })
        }}
      />
    </Panel>
  )
}
