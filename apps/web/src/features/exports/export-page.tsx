import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router'
import { Suspense, useCallback } from 'react'
import { BackLink } from '../../components/back-link.tsx'
import { ExportStateTag } from '../../components/export-state-tag.tsx'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { BACKGROUND } from '../../lib/client.ts'
import { typePlural } from '../../lib/fhir/labels.ts'
import { formatDay } from '../../lib/format.ts'
import { useCan } from '../../lib/session/session.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'
import { Decision } from './decision.tsx'
import { Downloads } from './downloads.tsx'
import { type ExportView, isMoving } from './export-view.ts'
import classes from './exports.module.css'
import { parseManifest } from './manifest.ts'
import { ManifestView } from './manifest-view.tsx'
import { RequestDialog } from './request-dialog.tsx'
import { StepList } from './step-list.tsx'

const route = getRouteApi('/exports/$id')
const BuildProgress = lazyRouteComponent(() => import('./build-progress.tsx'), 'BuildProgress')
const POLL_MS = 3000
const PROFILES: Readonly<Record<ExportView['profile'], string>> = { 'safe-harbor': 'Safe Harbor' }
/** Nothing more comes of these by itself. */
const ENDED: readonly ExportView['status'][] = ['ready', 'rejected', 'failed']

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
        actions={request === undefined ? undefined : <Acts key={request.id} request={request} />}
      />
      <Loaded answer={answer} height={280}>
        {(shown) => <Request request={shown} />}
      </Loaded>
    </>
  )
}

const Acts = ({ request }: { request: ExportView }) => {
  const can = useCan()
  const [asking, again] = useDisclosure(false)
  const isAsker = request.mine && can('export:request:create')
  return (
    <>
      <Decision request={request} />
      {isAsker && ENDED.includes(request.status) ? (
        <>
          <Button variant="default" onClick={again.open}>
            Ask again like this one
          </Button>
          <RequestDialog opened={asking} onClose={again.close} like={request} />
        </>
      ) : null}
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
            ['Status', <ExportStateTag key="s" request={request} />],
            ['Profile', PROFILES[request.profile]],
            ['Records', request.types.map(typePlural).join(', ')],
            ['Ages as of', formatDay(request.asOf, 'UTC')],
            ['Id', <ShortId key="i" id={request.id} of="export id" />],
          ]}
        />
        <StepList request={request} />
        {isMoving(request.status) ? (
          <Suspense>
            <BuildProgress request={request} />
          </Suspense>
        ) : null}
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
