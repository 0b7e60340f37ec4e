import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { useWorks } from '../../components/work/use-works.ts'
import { isOpen } from '../../components/work/words.ts'
import { WorkProgress } from '../../components/work/work-progress.tsx'
import { BACKGROUND } from '../../lib/client.ts'
import { countOf, formatBytes, formatCount, shortHash } from '../../lib/format.ts'
import { client, type Inputs, queryClient, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { usePoll } from '../../lib/use-poll.ts'
import classes from './imports.module.css'
import { type FullUpload, openWork, standingOf } from './words.ts'

const POLL_MS = 3000

/** One upload: how far it is, what came of it, and its withdrawal. */
export const UploadInFull = ({ id }: { id: string }) => {
  const query = useQuery({ ...trpc.uploads.get.queryOptions({ id }), enabled: id !== '' })
  const look = useCallback(async () => {
    const fresh = await client.uploads.get.query({ id }, { context: BACKGROUND })
    queryClient.setQueryData(trpc.uploads.get.queryKey({ id }), fresh)
  }, [id])
  usePoll(query.data !== undefined && openWork(query.data) !== null, POLL_MS, look)
  return (
    <Loaded answer={query} height={320}>
      {(upload) => <InFull upload={upload} />}
    </Loaded>
  )
}

const InFull = ({ upload }: { upload: FullUpload }) => {
  const [asked, setAsked] = useState(false)
  const [trusting, setTrusting] = useState(false)
  const { label, tone } = standingOf(upload)
  return (
    <div className={classes.stack}>
      <Facts
        columns={2}
        items={[
          ['System', <code key="system">{upload.source}</code>],
          [
            'Status',
            <StatusTag key="status" tone={tone}>
              {label}
            </StatusTag>,
          ],
          ['Uploaded by', upload.mine ? 'You' : upload.uploadedBy.displayName],
          ['Uploaded', <When key="at" at={upload.uploadedAt} />],
          ['Size', formatBytes(upload.bytes)],
          [
            'SHA-256 of the file',
            <ShortId key="hash" id={upload.sha256} of="hash" text={shortHash(upload.sha256)} />,
          ],
          ['Patients', formatCount(upload.patients)],
          ...(upload.trust === null || upload.withdrawal !== null
            ? []
            : [
                [
                  upload.trust.state === 'trusted' ? 'Trusted since' : 'Trust asked for',
                  <When key="trust" at={upload.trust.since} />,
                ] as const,
              ]),
        ]}
      />
      {openWork(upload) === null ? null : <Progress uploadId={upload.id} />}
      {upload.withdrawn === null ? null : <Withdrawn figures={upload.withdrawn} />}
      {upload.import?.state === 'cancelled' && upload.withdrawal === null ? (
        <Notice tone="warn" title="Cancelled before its end">
          What had been stored of {countOf(upload.patients, 'patient')} stays. Withdraw it if it should not.
        </Notice>
      ) : null}
      {upload.report === null ? null : <Report report={upload.report} />}
      <Group>
        {upload.mayAskTrust ? (
          <Button variant="default" onClick={() => setTrusting(true)}>
            Ask that it is trusted
          </Button>
        ) : null}
        {upload.mayWithdraw ? (
          <Button variant="default" onClick={() => setAsked(true)}>
            Withdraw the upload
          </Button>
        ) : null}
      </Group>
      <AskTrust upload={upload} opened={trusting} onClose={() => setTrusting(false)} />
      <Withdraw upload={upload} opened={asked} onClose={() => setAsked(false)} />
    </div>
  )
}

/** How far its import or withdrawal is. */
const Progress = ({ uploadId }: { uploadId: string }) => {
  const work = useWorks({ subjectId: uploadId, open: true }).data?.items.find(isOpen)
  return work === undefined ? null : <WorkProgress work={work} />
}

const Withdrawn = ({ figures }: { figures: NonNullable<FullUpload['withdrawn']> }) => (
  <Notice tone="info" title="Withdrawn">
    {countOf(figures.withdrawn, 'record')} marked as withdrawn, {formatCount(figures.restored)} as they were
    before, {countOf(figures.careEnded, 'care relationship')} ended.
    {figures.kept === 0
      ? null
      : ` ${countOf(figures.kept, 'record')} stayed: a later upload has said them since, or stands on them.`}
  </Notice>
)

/** In the words of the import itself, which name types and lines, and nothing of a patient. */
const Report = ({ report }: { report: NonNullable<FullUpload['report']> }) => {
  const { created, updated, unchanged, rejected, skipped, problems } = report
  return (
    <section>
      <h3 className={classes.title}>What came of it</h3>
      <Facts
        columns={2}
        items={[
          ['Records created', formatCount(created)],
          ['Records updated', formatCount(updated)],
          ['Unchanged', formatCount(unchanged)],
          ['Not taken', formatCount(rejected)],
          ['Left out, nothing lost', formatCount(skipped)],
        ]}
      />
      {problems.length === 0 ? null : (
        <>
          <h3 className={classes.title}>Not taken, and why</h3>
          <ul className={classes.list}>
            {problems.map(({ line, entry, type, code, message }, at) => (
              <li key={at}>
                {line === 0 ? 'The file' : `Line ${formatCount(line)}`}
                {entry === null ? '' : `, entry ${entry}`}
                {type === null ? '' : `, ${type}`}: {message} <code>{code}</code>
              </li>
            ))}
          </ul>
          {rejected > problems.length ? (
            <p className={classes.quiet}>And {formatCount(rejected - problems.length)} more.</p>
          ) : null}
          <Button mt="xs" size="xs" variant="default" onClick={() => saveReport(report)}>
            Save the report
          </Button>
        </>
      )}
    </section>
  )
}

/** The report as it came, as a file: it holds types, lines and reasons. */
const saveReport = (report: NonNullable<FullUpload['report']>): void => {
  const url = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'chartward-import-report.json'
  link.click()
  URL.revokeObjectURL(url)
}

interface ActProps {
  upload: FullUpload
  opened: boolean
  onClose: () => void
}

const Withdraw = ({ upload, opened, onClose }: ActProps) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['uploads']['withdraw']) => client.uploads.withdraw.mutate(input),
    refresh: [{ queryKey: trpc.uploads.get.queryKey() }, { queryKey: trpc.uploads.list.queryKey() }],
    onDone: onClose,
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="Withdraw the upload"
      destructive
      confirm="Withdraw it"
      consequence={`What it has brought of ${countOf(upload.patients, 'patient')} is marked as withdrawn, or is again what an earlier upload said; its care relationships end, and patients that nothing else is known of are not found any more. What a later upload has said since stays. Nothing is deleted, and this can’t be undone but by uploading the file again.`}
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ id: upload.id, reason })}
    />
  )
}

const AskTrust = ({ upload, opened, onClose }: ActProps) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['uploads']['requestTrust']) => client.uploads.requestTrust.mutate(input),
    refresh: [{ queryKey: trpc.uploads.get.queryKey() }, { queryKey: trpc.uploads.list.queryKey() }],
    onDone: onClose,
  })
  return (
    <ActDialog
      opened={opened}
      onClose={onClose}
      title="Ask that the upload is trusted"
      confirm="Ask for it"
      consequence="Nothing changes until a second person agrees, who sees whose care it brings and of how many patients. From then on these people see the charts of the patients in their care, for a year at most. It is refused where the uploader, you or the second person would gain by it."
      pending={pending}
      failure={failure}
      onConfirm={(reason) => act({ id: upload.id, reason })}
    />
  )
}
