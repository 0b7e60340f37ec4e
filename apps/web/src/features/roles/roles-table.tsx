import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'

type Row = Outputs['roles']['list']['items'][number]

const stateOf = ({ builtIn, retired, inForce, latest, lost }: Row) => {
  if (lost.length > 0) return <StatusTag tone="bad">Names what there is no more</StatusTag>
  if (builtIn) return <StatusTag tone="quiet">Built in</StatusTag>
  if (retired) return <StatusTag tone="quiet">Retired</StatusTag>
  if (inForce === null) return <StatusTag tone="info">Draft</StatusTag>
  return inForce === latest ? (
    <StatusTag tone="good">In force</StatusTag>
  ) : (
    <StatusTag tone="info">In force, with a draft</StatusTag>
  )
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'title',
    label: 'Role',
    always: true,
    sort: ({ title }) => title,
    cell: ({ name, title }) => (
      <Link to="/roles/$name" params={{ name }}>
        {title}
      </Link>
    ),
  },
  { key: 'state', label: 'State', width: '14rem', cell: stateOf },
  {
    key: 'version',
    label: 'In force',
    width: '7rem',
    cell: ({ inForce }) => (inForce === null ? 'None' : `Version ${inForce}`),
  },
  {
    key: 'privileged',
    label: 'Given by',
    width: '10rem',
    cell: ({ privileged }) => (privileged ? 'Two people' : 'One person'),
  },
  {
    key: 'holders',
    label: 'Held by',
    numeric: true,
    width: '6rem',
    sort: ({ holders }) => holders,
    cell: ({ holders }) => holders,
  },
]

/** Every role there is: those that ship, and those that were made here. */
export const RolesTable = () => {
  const query = useQuery({ ...trpc.roles.list.queryOptions({}), staleTime: 0 })
  return (
    <DataTable
      caption="Roles"
      columns={COLUMNS}
      rows={query.data?.items}
      rowKey={({ name }) => name}
      query={query}
      empty={<EmptyState title="No roles" />}
    />
  )
}
