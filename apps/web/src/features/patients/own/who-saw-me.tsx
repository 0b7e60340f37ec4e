import { type Column, DataTable } from '../../../components/data-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel } from '../../../components/panel.tsx'
import { countOf, formatExact } from '../../../lib/format.ts'
import { client, type Outputs, PHI, trpc } from '../../../lib/trpc.ts'
import { usePages } from '../../../lib/use-pages.ts'
import classes from '../patients.module.css'
import { ownActionText, ownGroundText, ownWhoText } from './access-words.ts'

type OwnAccess = Outputs['audit']['ownAccesses']['items'][number]

const COLUMNS: readonly Column<OwnAccess>[] = [
  { key: 'at', label: 'When', always: true, cell: ({ at }) => formatExact(at) },
  { key: 'who', label: 'Who', always: true, cell: ({ who }) => ownWhoText(who) },
  { key: 'what', label: 'What', cell: ownActionText },
  { key: 'why', label: 'Why', cell: ownGroundText },
]

/** Who saw one's own record, newest first. */
const WhoSawMe = ({ patientId }: { patientId: string }) => {
  const { query, rows } = usePages<OwnAccess, Outputs['audit']['ownAccesses']>({
    queryKey: trpc.audit.ownAccesses.queryKey({ patientId }),
    fetchPage: (cursor, signal) =>
      client.audit.ownAccesses.query({ patientId, ...(cursor === null ? {} : { cursor }) }, { signal }),
    ...PHI,
  })
  const unreadable = (query.data?.pages ?? []).reduce((sum, page) => sum + page.unreadable, 0)
  return (
    <div className={classes.stack}>
      {unreadable === 0 ? null : (
        <Notice tone="warn" title="Some of it can’t be read">
          {countOf(unreadable, 'entry', 'entries')} of the log about you can’t be shown here. Ask the privacy
          officer where you are treated.
        </Notice>
      )}
      <Panel flush title="Who saw your record">
        <DataTable
          id="who-saw-me"
          caption="Who saw your record"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          query={query}
          empty={<EmptyState title="Nobody has seen your record yet" />}
        />
      </Panel>
      <p className={classes.quiet}>
        Everybody who is shown something of your medical record stands here. Questions about an access go to
        the privacy officer where you are treated.
      </p>
    </div>
  )
}

export default WhoSawMe
