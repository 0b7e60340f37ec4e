import { useMemo } from 'react'
import { DataTable } from '../../../components/data-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel } from '../../../components/panel.tsx'
import type { Neighbours } from '../../../components/table/neighbours.ts'
import { countOf, formatCount } from '../../../lib/format.ts'
import type { Outputs } from '../../../lib/trpc.ts'
import { useUrlSort } from '../../../lib/use-url-sort.ts'
import { claimColumns } from './claim-columns.tsx'
import type { FoundClaim } from './claim-words.ts'

type Found = Outputs['claims']['search']

interface Props {
  found: Found
  record: string | undefined
  open: (row: FoundClaim) => void
  onNeighbours: (near: Neighbours<FoundClaim>) => void
}

/** What a search has found, newest service first, and what it has not looked at. */
const ClaimHits = ({ found, record, open, onNeighbours }: Props) => {
  const columns = useMemo(() => claimColumns(open), [open])
  const sort = useUrlSort()
  const { items, matching } = found
  return (
    <>
      <Cut found={found} />
      <Panel flush title={matching === 0 ? 'Claims found' : countOf(matching, 'result')}>
        <DataTable
          id="claims"
          sort={sort}
          caption="Claims found"
          columns={columns}
          rows={items}
          rowKey={({ claim }) => claim.id}
          selected={record}
          onRowClick={open}
          onNeighbours={onNeighbours}
          empty={
            <EmptyState title="No claim found">
              A number, a payer’s name and an MRN have to match as a whole, as the claim has them. Claims that
              their source restricts, and those of patients whom your roles don’t let you see, are not found
              either.
            </EmptyState>
          }
        />
      </Panel>
    </>
  )
}

/** What a search has not looked at, and what it does not show: nothing is left out in silence. */
const Cut = ({ found: { items, matching, candidates, opened, payersCut } }: { found: Found }) => (
  <>
    {opened < candidates ? (
      <Notice tone="warn" title="Not every claim was looked at">
        {formatCount(candidates)} claims fit the number, payer, month and MRN. The {formatCount(opened)} that
        were imported last were opened; older ones are not among what is shown. Give one more of the four to
        find them.
      </Notice>
    ) : null}
    {items.length < matching ? (
      <Notice tone="info">
        Of {formatCount(matching)} that match, the {formatCount(items.length)} with the newest service are
        shown. Narrow the search to see the others.
      </Notice>
    ) : null}
    {payersCut ? (
      <Notice tone="info">
        There are more organizations than one search looks at, so a payer whom a claim names by reference
        alone may be missing.
      </Notice>
    ) : null}
  </>
)

export default ClaimHits
