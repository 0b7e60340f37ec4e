import { type Column, DataTable } from '../../../components/data-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { OpenButton } from '../../../components/open-button.tsx'
import { When } from '../../../components/when.tsx'
import { actorName } from '../../../lib/actor-name.ts'
import { formatCount } from '../../../lib/format.ts'
import type { Outputs } from '../../../lib/trpc.ts'
import classes from './who-saw.module.css'

export type Person = NonNullable<Outputs['audit']['accesses']['people']>[number]

const figure = (value: number) =>
  value === 0 ? <span className={classes.quiet}>0</span> : formatCount(value)

const columnsOf = (onPick: (id: string) => void): readonly Column<Person>[] => [
  {
    key: 'who',
    label: 'Who',
    cell: ({ id, ...actor }) =>
      id === null ? actorName(actor) : <OpenButton onClick={() => onPick(id)}>{actorName(actor)}</OpenButton>,
  },
  { key: 'shown', label: 'Shown', numeric: true, width: '6rem', cell: ({ shown }) => figure(shown) },
  { key: 'refused', label: 'Refused', numeric: true, width: '6rem', cell: ({ refused }) => figure(refused) },
  {
    key: 'asked',
    label: 'Asked for a code',
    numeric: true,
    width: '9rem',
    cell: ({ asked }) => figure(asked),
  },
  { key: 'first', label: 'First', width: '9rem', cell: ({ firstAt }) => <When at={firstAt} /> },
  { key: 'last', label: 'Last', width: '9rem', cell: ({ lastAt }) => <When at={lastAt} /> },
]

/** Everybody who saw the patient or tried to, the latest first; a name narrows what is below to theirs. */
export const People = ({
  people,
  onPick,
}: {
  people: readonly Person[] | undefined
  onPick: (id: string) => void
}) => (
  <DataTable
    caption="People who saw this patient, or tried to"
    columns={columnsOf(onPick)}
    rows={people}
    rowKey={({ id, kind }) => id ?? kind}
    empty={<EmptyState title="Nobody saw this patient in this time" />}
  />
)
