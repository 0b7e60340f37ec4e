import { userStatus } from '@chartward/contract'
import { Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FilterBar, Tally } from '../../components/filter-bar.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { formatCount } from '../../lib/format.ts'
import { useBeside } from '../../lib/history/use-beside.ts'
import { useSearchKey } from '../../lib/keyboard/use-shortcuts.ts'
import { useCan } from '../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { INVITE } from './actions.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { USER_STATUSES, UserStatusTag } from './user-status.tsx'
import classes from './users.module.css'

type Row = Outputs['users']['list']['items'][number]

const route = getRouteApi('/users')

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'user',
    label: 'User',
    cell: ({ id, displayName, email }) => (
      <div>
        <Link to="/users/$id" params={{ id }} className={classes.name}>
          {displayName}
        </Link>
        <div className={classes.email}>{email}</div>
      </div>
    ),
  },
  { key: 'status', label: 'Status', width: '8rem', cell: ({ status }) => <UserStatusTag status={status} /> },
  { key: 'roles', label: 'Roles', cell: ({ roles }) => <Roles roles={roles} /> },
  { key: 'mfa', label: 'Second factor', width: '8rem', cell: ({ mfa }) => (mfa ? 'Enrolled' : 'Not yet') },
  { key: 'seen', label: 'Last seen', width: '9rem', cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
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
  const beside = useBeside(inviting)
  const roles = useQuery({ ...trpc.users.roles.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  const { query, rows, first } = usePages<Row, Outputs['users']['list']>({
    queryKey: trpc.users.list.queryKey(search),
    fetchPage: (cursor, signal) =>
      client.users.list.query({ ...search, ...(cursor === null ? {} : { cursor }) }, { signal }),
  })
  const setText = useDebouncedCallback((text: string) => {
    void navigate({ search: (prev) => ({ ...prev, text: text === '' ? undefined : text }), replace: true })
  }, 250)
  const mayInvite = can(INVITE.needs)
  const filtered = search.status !== undefined || search.role !== undefined || search.text !== undefined

  return (
    <>
      <PageHeader
        title="Users"
        windowTitle="Users"
        lead="Everyone with an account. Accounts are deactivated, never deleted: the audit log names them for years."
        actions={
          mayInvite ? (
            <Button
              leftSection={<IconUserPlus size={16} aria-hidden="true" />}
              onClick={() =>
                void navigate({ search: (prev) => ({ ...prev, invite: true }), ...beside.opening })
              }
            >
              {INVITE.label}
            </Button>
          ) : undefined
        }
      />
      <Panel flush>
        <FilterBar>
          <TextInput
            aria-label="Search users by name or e-mail"
            placeholder="Name or e-mail"
            type="search"
            ref={useSearchKey()}
            aria-keyshortcuts="/"
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            defaultValue={search.text ?? ''}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            aria-label="Status"
            placeholder="Any status"
            clearable
            data={userStatus.options.map((value) => {
              const { label } = USER_STATUSES[value]
              const count = first?.counts.status[value]
              return { value, label: count === undefined ? label : `${label} (${formatCount(count)})` }
            })}
            value={search.status ?? null}
            onChange={(value) => {
              const status = userStatus.safeParse(value).data
              void navigate({ search: (prev) => ({ ...prev, status }) })
            }}
          />
          <Select
            aria-label="Role"
            placeholder="Any role"
            clearable
            data={(roles.data ?? []).map(({ name, title }) => ({ value: name, label: title }))}
            value={search.role ?? null}
            onChange={(role) => void navigate({ search: (prev) => ({ ...prev, role: role ?? undefined }) })}
          />
          <Tally shown={rows?.length} more={query.hasNextPage} noun="user" />
        </FilterBar>
        <DataTable
          caption="Users"
          columns={COLUMNS}
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
