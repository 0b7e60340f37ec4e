import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FactorRow, factorColumns, factorRows } from '../../components/factor-columns.tsx'
import { Panel } from '../../components/panel.tsx'
import { notify } from '../../lib/notify.ts'
import { knowsPasskeys } from '../../lib/passkeys.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './account.module.css'
import { LostFactorNotice } from './lost-factor-notice.tsx'

const AddPasskeyForm = lazyRouteComponent(() => import('./passkey-forms.tsx'), 'AddPasskeyForm')
const AuthenticatorForm = lazyRouteComponent(() => import('./authenticator-form.tsx'), 'AuthenticatorForm')
const RenamePasskeyForm = lazyRouteComponent(() => import('./passkey-forms.tsx'), 'RenamePasskeyForm')
const RecoveryCodesForm = lazyRouteComponent(() => import('./recovery-codes-form.tsx'), 'RecoveryCodesForm')

type Open =
  | { readonly what: 'add' | 'app' | 'codes' }
  | { readonly what: 'rename' | 'remove'; readonly row: FactorRow }
  | null

/** What the person signs in with: added, named and removed by themselves, and never the last of it. */
const MyFactors = () => {
  const query = useQuery({ ...trpc.factors.mine.queryOptions({}), staleTime: 0 })
  const [open, setOpen] = useState<Open>(null)
  const refresh = [{ queryKey: trpc.factors.mine.queryKey() }, { queryKey: trpc.notices.mine.queryKey() }]
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['factors']['remove']) => client.factors.remove.mutate(input),
    refresh,
    onDone: () => {
      close()
      notify({ message: 'Removed. Nobody signs in with it any more.' })
    },
  })
  const close = () => {
    setOpen(null)
    reset()
  }
  const factors = query.data
  const rows = useMemo(() => (factors === undefined ? undefined : factorRows(factors)), [factors])
  const columns = useMemo(
    (): readonly Column<FactorRow>[] => [
      ...factorColumns(),
      {
        key: 'acts',
        label: 'Change',
        width: '12rem',
        always: true,
        cell: (row) => (
          <Group gap="xs" wrap="nowrap">
            {row.kind === 'passkey' ? (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Rename ${row.name}`}
                onClick={() => setOpen({ what: 'rename', row })}
              >
                Rename
              </Button>
            ) : null}
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Remove ${row.name}`}
              onClick={() => setOpen({ what: 'remove', row })}
            >
              Remove
            </Button>
          </Group>
        ),
      },
    ],
    [],
  )
  const left = factors?.recoveryCodes
  return (
    <Panel
      flush
      title="Second factors"
      aside={
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setOpen({ what: 'codes' })}>
            New recovery codes
          </Button>
          <Button size="xs" variant="default" onClick={() => setOpen({ what: 'app' })}>
            Add an app
          </Button>
          {knowsPasskeys() ? (
            <Button size="xs" variant="default" onClick={() => setOpen({ what: 'add' })}>
              Add a passkey
            </Button>
          ) : null}
        </Group>
      }
    >
      {factors === undefined || factors.reset === null ? null : <LostFactorNotice reset={factors.reset} />}
      <DataTable
        caption="Your second factors"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        query={query}
        empty={<EmptyState title="You have no second factor" />}
      />
      <p className={classes.under}>
        {left === undefined
          ? null
          : `${left} ${left === 1 ? 'recovery code is' : 'recovery codes are'} left. `}
        A passkey signs you in by itself: its device makes sure that it is you. Have two factors, so that
        losing one keeps you from nothing.
      </p>
      <Dialog opened={open?.what === 'add'} onClose={close} title="Add a passkey">
        <AddPasskeyForm onClose={close} refresh={refresh} />
      </Dialog>
      <Dialog opened={open?.what === 'app'} onClose={close} title="Add an authenticator app">
        <AuthenticatorForm onClose={close} refresh={refresh} />
      </Dialog>
      <Dialog opened={open?.what === 'rename'} onClose={close} title="Rename the passkey">
        {open?.what === 'rename' ? (
          <RenamePasskeyForm row={open.row} onClose={close} refresh={refresh} />
        ) : null}
      </Dialog>
      <Dialog opened={open?.what === 'codes'} onClose={close} title="New recovery codes">
        <RecoveryCodesForm onClose={close} refresh={refresh} />
      </Dialog>
      <ActDialog
        opened={open?.what === 'remove'}
        onClose={close}
        title="Remove a second factor"
        reason="none"
        destructive
        confirm="Remove it"
        consequence={
          open?.what === 'remove'
            ? `Nobody signs in with ${open.row.name} any more. A passkey stays on its device until you delete it there, and opens nothing here.`
            : ''
        }
        pending={pending}
        failure={failure}
        onConfirm={() => {
          if (open?.what === 'remove') act({ id: open.row.id })
        }}
      />
    </Panel>
  )
}

/** Comes beside the page. */
export default MyFactors
