import { MOST_PRINTED } from '@chartward/contract'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { BackLink } from '../../../components/back-link.tsx'
import { Facts } from '../../../components/facts.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Notice } from '../../../components/notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { formatCount, formatDay, formatExact, sentence } from '../../../lib/format.ts'
import { type Outputs, PHI, trpc } from '../../../lib/trpc.ts'
import { type AccessSearch, wantedOf } from './access-search.ts'
import { PrintedAccesses, PrintedPeople } from './printed.tsx'
import classes from './who-saw.module.css'

type Printed = Outputs['audit']['printAccesses']

const route = getRouteApi('/patients/$id/accesses')

/** Who saw a patient, as it goes on paper. Opening it is an entry of the log; printing asks nothing more. */
export const PrintPage = () => {
  const { id } = route.useParams()
  const search = route.useSearch()
  const answer = useQuery({
    ...trpc.audit.printAccesses.queryOptions(wantedOf(id, search)),
    ...PHI,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <div className={classes.onScreen}>
        <BackLink to="/patients/$id" params={{ id }} search={{ tab: 'who-saw', ...search }}>
          Back to the patient
        </BackLink>
      </div>
      <PageHeader
        title="Who saw this patient"
        windowTitle="Who saw this patient"
        actions={
          <div className={classes.onScreen}>
            <Button
              disabled={answer.data === undefined}
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              Print
            </Button>
          </div>
        }
      />
      <Loaded answer={answer} height={320}>
        {(printed) => <Sheet patientId={id} search={search} printed={printed} />}
      </Loaded>
    </>
  )
}

const periodText = ({ from, to }: AccessSearch): string => {
  if (from === undefined && to === undefined) return 'all of the log'
  return `${from === undefined ? 'from the beginning' : `from ${formatDay(from, 'UTC')}`} ${to === undefined ? 'until now' : `to ${formatDay(to, 'UTC')}, that day included`}`
}

const personText = (actor: string, { people }: Printed): string =>
  people.find(({ id }) => id === actor)?.name ?? actor

interface SheetProps {
  patientId: string
  search: AccessSearch
  printed: Printed
}

const Sheet = ({ patientId, search, printed }: SheetProps) => {
  const { actor, action } = search
  return (
    <div className={classes.stack}>
      <Facts
        columns={2}
        items={[
          ['Patient', <code key="p">{patientId}</code>],
          ['Period', periodText(search)],
          ['Only by', actor === undefined ? null : personText(actor, printed)],
          ['Only', action === undefined ? null : sentence(action)],
          ['Asked by', printed.askedBy.displayName],
          ['Asked on', formatExact(printed.askedAt)],
          ['As of tree size', formatCount(printed.treeSize)],
          ['Accesses', `${formatCount(printed.items.length)}${printed.cut ? ', cut' : ', all'}`],
        ]}
      />
      {printed.cut ? (
        <Notice tone="warn" title="This is not all">
          A print holds the newest {formatCount(MOST_PRINTED)} accesses, and there are earlier ones. Choose
          fewer days, or download the file, which is whole.
        </Notice>
      ) : null}
      <PrintedPeople people={printed.people} />
      <PrintedAccesses accesses={printed.items} />
    </div>
  )
}
