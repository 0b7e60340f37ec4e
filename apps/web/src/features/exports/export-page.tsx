import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { BackLink } from '../../components/back-link.tsx'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { When } from '../../components/when.tsx'
import { BACKGROUND } from '../../lib/client.ts'
import { typePlural } from '../../lib/fhir/labels.ts'
import { formatDay, sentence } from '../../lib/format.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'
import { Decision } from './decision.tsx'
import { Downloads } from './downloads.tsx'
import { ExportStatusTag, type ExportView, isMoving } from './export-status.tsx'
import classes from './exports.module.css'
import { parseManifest } from './manifest.ts'
import { ManifestView } from './manifest-view.tsx'

const route = getRouteApi('/exports/$id')
const POLL_MS = 3000

export const ExportPage = () => {
  const { id } = route.useParams()
  const answer = useQuery(trpc.exports.get.queryOptions({ id }))
  const request = answer.data
  const refresh = useCallback(async () => {
    const fresh = await client.exports.get.query({ id }, { context: BACKGROUND })
    queryClient.setQueryData(trpc.exports.get.queryKey({ id }), fresh)
  }, [id])
  usePoll(request !== undefined && isMoving(request.status), POLL_MS, refresh)

  return (
    <>
      <BackLink to="/exports">All exports</BackLink>
      <PageHeader
        title={request === undefined ? 'Export' : request.purpose}
        windowTitle="Export"
        actions={request === undefined ? undefined : <Decision request={request} />}
      />
      <Loaded answer={answer} height={280}>
        {(shown) => <Request request={shown} />}
      </Loaded>
    </>
  )
}

const Request = ({ request }: { request: ExportView }) => {
  const manifest = request.manifest === null ? null : parseManifest(request.manifest)
  return (
    <div className={classes.stack}>
      <Panel>
        <Facts
          columns={2}
          items={[
            ['Status', <ExportStatusTag key="s" status={request.status} />],
            ['Profile', sentence(request.profile)],
            ['Records', request.types.map(typePlural).join(', ')],
            ['Ages as of', formatDay(request.asOf)],
            ['Requested by', request.mine ? 'You' : request.requestedBy.displayName],
            ['Requested', <When key="c" at={request.createdAt} />],
            ['Decided by', request.decidedBy?.displayName],
            ['Reason given', request.decisionReason],
            ['Built', request.builtAt === null ? null : <When key="b" at={request.builtAt} />],
            [
              'Can be downloaded until',
              request.expiresAt === null ? null : <When key="e" at={request.expiresAt} />,
            ],
            ['Id', <ShortId key="i" id={request.id} of="export id" />],
          ]}
        />
        {isMoving(request.status) ? (
          <Notice tone="info" title="Being built">
            Records are de-identified and then searched for identifiers of the source. This goes on if you
            leave the page.
          </Notice>
        ) : null}
        {request.failure === null ? null : (
          <Notice tone="bad" title="Nothing was released">
            {sentence(request.failure)}. Request it anew; if it fails again, tell the privacy officer.
          </Notice>
        )}
        <Downloads request={request} />
      </Panel>
      {manifest === null ? (
        request.manifest === null ? null : (
          <Notice tone="warn">This release has a manifest of another format. Read it in the download.</Notice>
        )
      ) : (
        <ManifestView manifest={manifest} />
      )}
    </div>
  )
}
