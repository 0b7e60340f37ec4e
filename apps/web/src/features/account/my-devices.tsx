import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { deviceOf } from '../../lib/format.ts'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

type Row = Outputs['sessions']['devices']['items'][number]

/** Where the person is known: what strangers guess elsewhere does not lock them out there. */
const MyDevices = () => {
  const query = useQuery({ ...trpc.sessions.devices.queryOptions({}), staleTime: 0 })
  const [forgetting, setForgetting] = useState<Row | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['sessions']['forgetDevices']) => client.sessions.forgetDevices.mutate(input),
    refresh: [{ queryKey: trpc.sessions.devices.queryKey() }],
    onDone: () => {
      close()
      notify({ message: 'Forgotten. Whoever signs in there is taken for a stranger.' })
    },
  })
  const close = () => {
    setForgetting(null)
    reset()
  }
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      {
        key: 'device',
        label: 'Device',
        min: '9rem',
        always: true,
        cell: ({ userAgent }) => <span title={userAgent ?? ''}>{deviceOf(userAgent ?? '')}</span>,
      },
      {
        key: 'used',
        label: 'Last sign-in',
        width: '9rem',
        cell: ({ usedAt }) => <When at={usedAt} />,
      },
      {
        key: 'known',
        label: 'Known until',
        width: '9rem',
        cell: ({ expiresAt }) => <When at={expiresAt} />,
      },
      {
        key: 'forget',
        label: 'Forget',
        width: '8rem',
        always: true,
        cell: (row) => (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={row.current ? 'Forget this one' : `Forget ${deviceOf(row.userAgent ?? '')}`}
            onClick={() => setForgetting(row)}
          >
            {row.current ? 'Forget this one' : 'Forget'}
          </Button>
        ),
      },
    ],
    [],
  )
  return (
    <Panel flush title="Devices that know you">
      <DataTable
        caption="Browsers in which you have signed in before, the one used last first"
        columns={columns}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        query={query}
        empty={<EmptyState title="None yet">A browser is known once you have signed in in it.</EmptyState>}
      />
      <ActDialog
        opened={forgetting !== null}
        onClose={close}
        title="Forget a device"
        reason="none"
        confirm="Forget it"
        consequence="You can sign in there as anywhere else, and are told when somebody does. Until then it counts as a stranger’s: where somebody guesses at your password, it is locked there too. A session that is open there goes on; end it under your sessions."
        pending={pending}
        failure={failure}
        onConfirm={() => {
          if (forgetting !== null) act({ devices: [forgetting.id] })
        }}
      />
    </Panel>
  )
}

/** Comes beside the page. */
export default MyDevices
