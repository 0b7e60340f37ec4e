import type { Rotation } from '@chartward/contract'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { tookWords } from '../../components/work/words.ts'
import { formatCount } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import { causeWords, holdWords, isTrouble, titleOf } from './words.ts'

const COLUMNS: readonly Column<Rotation>[] = [
  { key: 'what', label: 'Key', min: '11rem', always: true, cell: titleOf },
  { key: 'cause', label: 'Why', width: '13rem', cell: causeWords },
  { key: 'at', label: 'Begun', width: '9rem', cell: ({ startedAt }) => <When at={startedAt} /> },
  { key: 'took', label: 'Took', width: '7rem', numeric: true, cell: tookWords },
  { key: 'done', label: 'Made anew', width: '8rem', numeric: true, cell: ({ done }) => formatCount(done) },
  {
    key: 'result',
    label: 'Old key',
    min: '14rem',
    cell: (rotation) =>
      isTrouble(rotation) ? (
        <StatusTag tone="bad">{holdWords(rotation)}</StatusTag>
      ) : (
        (holdWords(rotation) ?? 'Retired')
      ),
  },
]

interface Props {
  query: { data: Outputs['keys']['history'] | undefined; error: unknown; refetch: () => unknown }
}

/** Rotations that have ended, the newest first. */
export const RotationHistory = ({ query }: Props) => (
  <Panel title="Rotations that have ended" flush>
    <DataTable
      id="key-rotations"
      caption="Rotations that have ended, newest first"
      columns={COLUMNS}
      rows={query.data?.items.filter(({ state }) => state === 'done')}
      rowKey={({ id }) => id}
      query={query}
      empty={
        <EmptyState title="None yet">
          A rotation by hand, on suspicion or by a key’s clock stands here once it has ended.
        </EmptyState>
      }
    />
  </Panel>
)
