import { NativeSelect } from '@mantine/core'
import { withHidden } from '../../lib/table-preferences.ts'
import type { ColumnName } from './column.ts'
import { type Sort, type Sorting, sortText } from './sort.ts'
import { usePreferences } from './use-preferences.ts'

export interface Choices {
  id: string
  columns: readonly ColumnName[]
  sort: Sort | null
  sorting: Sorting
  onSort: (sort: string | undefined) => void
  narrow: boolean
}

/** Which columns a table has and how close its rows stand, remembered by this browser. */
export const ViewChoices = ({ id, columns, sort, sorting, onSort, narrow }: Choices) => {
  const { preferences, remember } = usePreferences()
  const hidden = preferences.hidden[id] ?? []
  const show = (key: string, shown: boolean) =>
    remember(withHidden(preferences, id, shown ? hidden.filter((one) => one !== key) : [...hidden, key]))
  return (
    <>
      <fieldset>
        <legend>Columns</legend>
        {columns.map(({ key, label, always }) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={always === true || !hidden.includes(key)}
              disabled={always === true}
              onChange={(event) => show(key, event.currentTarget.checked)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Rows</legend>
        {[false, true].map((compact) => (
          <label key={String(compact)}>
            <input
              type="radio"
              name={`density of ${id}`}
              checked={preferences.compact === compact}
              onChange={() => remember({ ...preferences, compact })}
            />
            {compact ? 'Compact' : 'Comfortable'}
          </label>
        ))}
      </fieldset>
      {narrow && sorting !== 'not-yet' ? <SortSelect columns={columns} sort={sort} onSort={onSort} /> : null}
    </>
  )
}

/** Cards have no header to press: the sort is chosen here. */
const SortSelect = ({ columns, sort, onSort }: Pick<Choices, 'columns' | 'sort' | 'onSort'>) => {
  const sortable = columns.filter((column) => column.sort !== undefined)
  return sortable.length === 0 ? null : (
    <NativeSelect
      size="xs"
      label="Sorted by"
      value={sort === null ? '' : sortText(sort)}
      onChange={(event) => onSort(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: 'The list’s own order' },
        ...sortable.flatMap(({ key, label }) => [
          { value: key, label: `${label}, ascending` },
          { value: `-${key}`, label: `${label}, descending` },
        ]),
      ]}
    />
  )
}
