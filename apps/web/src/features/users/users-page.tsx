import { Button, Group } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import type { Selection } from '../../components/table/bulk.tsx'
import { When } from '../../components/when.tsx'
import { countOf } from '../../lib/format.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { INVITE } from './actions.ts'
import { BulkActs } from './bulk-acts.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LockDownMany } from './lock-down-many.tsx'
import { UserFilters } from './user-filters.tsx'
import { UserStatusTag } from './user-status.tsx'
import classes from './users.module.css'

type Row = Outputs['users']['list']['items'][number]

const route = getRouteApi('/users')

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'user',
    label: 'User',
    min: '12rem',
    always: true,
    sort: true,
    cell: ({ id, displayName, email }) => (
      <div>
        <Link to="/users/$id" params={{ id }} className={classes.name}>
          {displayName}
        </Link>
        <div className={classes.email}>{email}</div>
      </div>
    ),
  },
  {
    key: 'status',
    label: 'Status',
    width: '8rem',
    sort: true,
    cell: ({ status }) => <UserStatusTag status={status} />,
  },
  {
    key: 'roles',
    label: 'Roles',
    width: '16rem',
    min: '9rem',
    sort: true,
    cell: ({ roles }) => <Roles roles={roles} />,
  },
  {
    key: 'department',
    label: 'Department',
    width: '10rem',
    min: '8rem',
    sort: true,
    cell: ({ department, manager }) => (
      <div>
        {department ?? <span className={classes.email}>None</span>}
        {manager === null ? null : <div className={classes.email}>under {manager.displayName}</div>}
      </div>
    ),
  },
  {
    key: 'mfa',
    label: 'Factor',
    width: '8rem',
    sort: true,
    cell: ({ mfa }) => (mfa ? 'Enrolled' : 'Not yet'),
  },
  {
    key: 'seen',
    label: 'Last seen',
    width: '9rem',
    sort: true,
    cell: ({ lastSeenAt }) => <When at={lastSeenAt} />,
  },
  {
    key: 'joined',
    label: 'Joined',
    width: '9rem',
    sort: true,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
]

const Roles = ({ roles }: { roles: Row['roles'] }) =>
  roles.length === 0 ? (
    <span className={classes.email}>None</span>
  ) : (
    roles.map(({ role, title, endsAt }) => (
      <div key={role}>
        {title}
        {endsAt === null ? null : (
          <span className={classes.email}>
            {' '}
            · ends <When at={endsAt} />
          </span>
        )}
      </div>
    ))
  )

export const UsersPage = () => {
  const { invite: inviting = false, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const { user: me } = useSession()
  const beside = useBeside(inviting)
  const { query, rows, first } = usePages<Row, Outputs['users']['list']>({
    queryKey: trpc.users.list.queryKey(search),
    fetchPage: (cursor, signal) =>
      client.users.list.query({ ...search, ...(cursor === null ? {} : { cursor }) }, { signal }),
  })
  const { sort: _, ...filters } = search
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const mayInvite = can(INVITE.needs)
  const mayLockDown = can('account:lockdown:start')
  const mayChange = can('account:people:change')
  // What is done with the selected people: each act says by name whom it means.
  const selection: Selection<Row> = {
    noun: ['user', 'users'],
    label: ({ displayName }) => displayName,
    act: (chosen) => (
      <>
        {mayChange ? (
          <BulkActs
            chosen={chosen.map(({ id }) => id)}
            filters={filters}
            total={first?.total ?? chosen.length}
          />
        ) : null}
        {mayLockDown ? <LockDownMany people={chosen} me={me.id} /> : null}
      </>
    ),
  }

  return (
    <>
      <PageHeader
        title="Users"
        windowTitle="Users"
        lead="Everyone with an account. Accounts are deactivated, never deleted: the audit log names them for years."
        actions={
          <>
            {can('account:people:list') ? (
              <LinkButton to="/people" variant="default">
                Imports and changes
              </LinkButton>
            ) : null}
            <LinkButton to="/roles" variant="default">
              What roles permit
            </LinkButton>
            {mayInvite ? (
              <Button
                leftSection={<IconUserPlus size={16} aria-hidden="true" />}
                onClick={() =>
                  void navigate({ search: (prev) => ({ ...prev, invite: true }), ...beside.opening })
                }
              >
                {INVITE.label}
              </Button>
            ) : null}
          </>
        }
      />
      <Panel flush>
        <UserFilters counts={first?.counts} />
        <DataTable
          id="users"
          sort={{ ...useUrlSort(), byServer: true }}
          tools={<output className={classes.email}>{countOf(first?.total ?? 0, 'user')}</output>}
          caption="Users"
          columns={COLUMNS}
          {...(mayChange || mayLockDown ? { selection } : {})}
          rows={rows}
          rowKey={({ id }) => id}
          query={query}
          onRowClick={({ id }) => void navigate({ to: '/users/$id', params: { id } })}
          empty={
            <EmptyState title={filtered ? 'No user fits these filters' : 'No users yet'}>
              {filtered ? (
                <Group justify="center" mt="xs">
                  <LinkButton to="/users" search={{}} size="xs" variant="default">
                    Clear the filters
                  </LinkButton>
                </Group>
              ) : (
                'Invite the first one.'
              )}
            </EmptyState>
          }
        />
      </Panel>
      {mayInvite ? (
        <InviteDialog
          opened={inviting}
          onClose={() => beside.close(() => navigate({ search, replace: true, resetScroll: false }))}
        />
      ) : null}
    </>
  )
}
