import type { KeyLine } from '@chartward/contract'
import { useMemo } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { KEY_TITLES } from '../../components/key-titles.ts'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { formatCount } from '../../lib/format.ts'
import { STATE_WORDS } from './words.ts'

type Version = KeyLine['versions'][number] & Pick<KeyLine, 'purpose' | 'afterlife'>

/** Why an earlier key is not retired, or destroyed, yet. */
const keptFor = ({ state, rows, afterlife }: Version): string => {
  if (state === 'disabled') return 'Until no backup is kept that may need it'
  if (state !== 'decrypt-only') return '—'
  if (rows === null) return 'What it made does not say so: it is kept'
  if (rows === 0) return 'Nothing: it is retired within the hour'
  return afterlife === 'stays' ? 'To open and check what it made' : 'Until what it made is made anew, or gone'
}

const COLUMNS: readonly Column<Version>[] = [
  {
    key: 'purpose',
    label: 'Key',
    min: '11rem',
    always: true,
    sort: ({ purpose }) => KEY_TITLES[purpose],
    cell: ({ purpose }) => KEY_TITLES[purpose],
  },
  { key: 'version', label: 'Version', width: '6rem', numeric: true, cell: ({ version }) => version },
  {
    key: 'state',
    label: 'State',
    width: '10rem',
    cell: ({ state }) => <StatusTag tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</StatusTag>,
  },
  { key: 'since', label: 'Since', width: '9rem', cell: ({ since }) => <When at={since} /> },
  { key: 'used', label: 'Last used', width: '9rem', cell: ({ usedAt }) => <When at={usedAt} absent="—" /> },
  {
    key: 'rows',
    label: 'Made with it',
    width: '8rem',
    numeric: true,
    cell: ({ rows }) => (rows === null ? '—' : formatCount(rows)),
  },
  { key: 'kept', label: 'Kept for', min: '12rem', cell: keptFor },
]

/** Keys that are not in force any more, and those that are not in force yet. */
export const VersionsTable = ({
  lines,
  query,
}: {
  lines: readonly KeyLine[] | undefined
  query: { error: unknown; refetch: () => unknown }
}) => {
  const rows = useMemo(
    () =>
      lines?.flatMap(({ purpose, afterlife, versions }) =>
        versions
          .filter(({ state }) => state !== 'primary')
          .map((version): Version => ({ ...version, purpose, afterlife })),
      ),
    [lines],
  )
  return (
    <Panel title="Earlier versions" flush>
      <DataTable
        id="key-versions"
        caption="Versions of keys that are not in force"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        query={query}
        empty={
          <EmptyState title="No key has been rotated yet">
            Versions that were in force stand here until they are destroyed, with what they are kept for.
          </EmptyState>
        }
      />
    </Panel>
  )
}
