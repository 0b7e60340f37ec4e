import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { BackLink } from '../../components/back-link.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { useCan } from '../../lib/session/session.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { PutInForce } from './put-in-force.tsx'
import { Retire } from './retire.tsx'
import classes from './roles.module.css'

const route = getRouteApi('/roles/$name')

type Role = Outputs['roles']['get']
type Version = Role['versions'][number]
type Holder = Role['holders'][number]

const HOLDERS: readonly Column<Holder>[] = [
  {
    key: 'person',
    label: 'Person',
    always: true,
    sort: ({ person }) => person.displayName,
    cell: ({ person: { id, displayName } }) => (
      <Link to="/users/$id" params={{ id }}>
        {displayName}
      </Link>
    ),
  },
  {
    key: 'version',
    label: 'Version',
    width: '8rem',
    sort: ({ version }) => version,
    cell: ({ version }) => version ?? 'Built in',
  },
]

const versionColumns = (
  role: Role,
  onCompare: ((version: number) => void) | null,
): readonly Column<Version>[] => [
  { key: 'version', label: 'Version', width: '6rem', always: true, cell: ({ version }) => version },
  {
    key: 'state',
    label: 'State',
    width: '10rem',
    cell: ({ version, lost }) =>
      lost.length > 0 ? (
        <StatusTag tone="bad">{`Names ${lost.join(', ')}, which there is no more`}</StatusTag>
      ) : version === role.inForce ? (
        <StatusTag tone="good">In force</StatusTag>
      ) : (
        <StatusTag tone="quiet">{version > (role.inForce ?? 0) ? 'Draft' : 'Earlier'}</StatusTag>
      ),
  },
  { key: 'author', label: 'By', width: '11rem', cell: ({ author }) => author.displayName },
  { key: 'when', label: 'When', width: '9rem', cell: ({ createdAt }) => <When at={createdAt} /> },
  { key: 'reason', label: 'Why', min: '12rem', cell: ({ reason }) => reason },
  { key: 'holders', label: 'Held by', numeric: true, width: '6rem', cell: ({ holders }) => holders },
  {
    key: 'compare',
    label: 'What it would do',
    width: '10rem',
    cell: ({ version }) =>
      onCompare === null ? null : (
        <Button size="compact-sm" variant="default" onClick={() => onCompare(version)}>
          Compare version {version}
        </Button>
      ),
  },
]

/** One role: its versions, who holds which, and what becomes of it. */
export const RolePage = () => {
  const { name } = route.useParams()
  const answer = useQuery({ ...trpc.roles.get.queryOptions({ name }), staleTime: 0 })
  const { data: role, error } = answer
  return (
    <>
      <BackLink to="/roles">All roles</BackLink>
      <PageHeader
        title={role?.title ?? (error === null ? undefined : 'Role')}
        windowTitle="Role"
        lead={role?.description}
        actions={role === undefined ? undefined : <RoleActions role={role} />}
      />
      <Loaded answer={answer} height={600}>
        {(loaded: Role) => <RoleView role={loaded} />}
      </Loaded>
    </>
  )
}

const RoleActions = ({ role }: { role: Role }) => {
  const can = useCan()
  const [retiring, setRetiring] = useState(false)
  const { name, builtIn, retiredAt, mine } = role
  const changes = !builtIn && !mine && retiredAt === null
  const mayDraft = can('access:role:draft')
  return (
    <>
      {mayDraft && changes ? (
        <LinkButton to="/role-editor" search={{ role: name }}>
          Edit
        </LinkButton>
      ) : null}
      {mayDraft ? (
        <LinkButton to="/role-editor" search={{ copy: name }} variant="default">
          Make a copy
        </LinkButton>
      ) : null}
      {can('access:role:put-in-force') && changes ? (
        <Button variant="default" onClick={() => setRetiring(true)}>
          Retire
        </Button>
      ) : null}
      <Retire role={role} opened={retiring} onClose={() => setRetiring(false)} />
    </>
  )
}

const RoleView = ({ role }: { role: Role }) => {
  const can = useCan()
  const [compared, setCompared] = useState<number | null>(null)
  const { builtIn, retiredAt, mine, versions, holders } = role
  const mayForce = can('access:role:put-in-force') && !mine && retiredAt === null
  return (
    <>
      <div className={classes.stack}>
        {mine ? (
          <Notice tone="info" title="You hold this role">
            Somebody else drafts its versions and puts them in force.
          </Notice>
        ) : null}
        {retiredAt === null ? null : (
          <Notice tone="info" title="Retired">
            Nobody is given it any more. What it was stays here, since the audit log names it.
          </Notice>
        )}
        {builtIn ? (
          <Notice tone="info" title="Built in">
            It changes with the software alone. A copy of it can be changed here.
          </Notice>
        ) : (
          <Panel flush title="Versions">
            <DataTable
              caption="Versions, newest first"
              columns={versionColumns(role, setCompared)}
              rows={versions}
              rowKey={({ version }) => String(version)}
              empty={<EmptyState title="No version yet" />}
            />
          </Panel>
        )}
        <Panel flush title="Who holds it">
          <DataTable
            caption="Who holds this role, and in which version"
            columns={HOLDERS}
            rows={holders}
            rowKey={({ person, version }) => `${person.id} ${version}`}
            empty={<EmptyState title="Nobody holds it" />}
          />
        </Panel>
      </div>
      <PutInForce role={role} version={compared} mayForce={mayForce} onClose={() => setCompared(null)} />
    </>
  )
}
