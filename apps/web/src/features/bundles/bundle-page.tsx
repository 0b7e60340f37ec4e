import { Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { FileField } from '../../components/file-field.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { type BundleReport, checkBundle } from '../../lib/audit/check-bundle.ts'
import { formatBytes } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import { BundleProof } from './bundle-proof.tsx'
import classes from './bundles.module.css'

/** A signed bundle, checked in this tab with the code of the command line: it is not sent anywhere. */
export const BundlePage = () => {
  const head = useQuery(trpc.audit.head.queryOptions({}))
  return (
    <>
      <PageHeader
        title="Check a bundle"
        windowTitle="Check a bundle"
        lead="Reviews, releases, certificates and evidence packs are signed. Your browser checks one here by itself: nothing of it leaves this tab."
      />
      <Loaded answer={head} height={240}>
        {({ verifierKey }) => <Check ownKey={verifierKey} />}
      </Loaded>
    </>
  )
}

const Check = ({ ownKey }: { ownKey: string }) => {
  const [file, setFile] = useState<File | null>(null)
  const [given, setGiven] = useState('')
  const key = given.trim() === '' ? ownKey : given
  const { report, read, failed } = useBundle(file, key)
  return (
    <>
      <Panel>
        <div className={classes.form}>
          <FileField
            file={file}
            wrong={failed ? 'This file can not be read.' : null}
            disabled={false}
            accept=".tar,application/x-tar"
            hint="A signed bundle, as it was given to you."
            onFile={setFile}
          />
          <Textarea
            label="Verifier key of the log"
            description="Left empty, the key that this console’s server names. Better is the one that you have kept yourself."
            autosize
            classNames={{ input: classes.key }}
            spellCheck={false}
            value={given}
            onChange={({ currentTarget }) => setGiven(currentTarget.value)}
          />
        </div>
      </Panel>
      <div aria-live="polite">
        {file === null || failed ? null : report === null ? (
          <p className={classes.quiet}>
            Checked {formatBytes(read)} of {formatBytes(file.size)}…
          </p>
        ) : (
          <Outcome report={report} checkedWith={key} ownKey={given.trim() === ''} />
        )}
      </div>
    </>
  )
}

const Outcome = ({ report, ...checked }: { report: BundleReport; checkedWith: string; ownKey: boolean }) => {
  if (report.state === 'bad-key')
    return <Notice tone="warn" title={`This can not be checked: ${report.why}`} />
  if (report.state === 'broken') {
    return (
      <Notice tone="bad" title="This bundle does not hold: it proves nothing">
        <p>
          {report.why}
          {report.file === null ? null : (
            <>
              : <code>{report.file}</code>
            </>
          )}
        </p>
      </Notice>
    )
  }
  return <BundleProof bundle={report.bundle} {...checked} />
}

/** Begins anew for another file or key; what was read before is let go. */
const useBundle = (file: File | null, key: string) => {
  const [report, setReport] = useState<BundleReport | null>(null)
  const [read, setRead] = useState(0)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    setReport(null)
    setRead(0)
    setFailed(false)
    if (file === null) return
    let bytes = 0
    const onBytes = (count: number) => {
      // Some hundred times at most, however large the file is.
      const step = Math.max(1, Math.floor(file.size / 200))
      const before = Math.floor(bytes / step)
      bytes += count
      if (Math.floor(bytes / step) !== before && !signal.aborted) setRead(bytes)
    }
    checkBundle(file, key, onBytes, signal).then(
      (found) => {
        if (!signal.aborted) setReport(found)
      },
      () => {
        if (!signal.aborted) setFailed(true)
      },
    )
    return () => controller.abort()
  }, [file, key])
  return { report, read, failed }
}
