import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { isExpired } from '../../lib/export-state.ts'
import { downloadWithFactor } from '../../lib/session/download.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { useNow } from '../../lib/use-now.ts'
import type { ExportView } from './export-view.ts'
import classes from './exports.module.css'

const FORMATS = [
  { value: 'csv', label: 'CSV' },
  { value: 'ndjson', label: 'NDJSON' },
] as const

export const Downloads = ({ request }: { request: ExportView }) => {
  const session = useSession()
  const can = useCan()
  const now = useNow(30_000)
  if (request.status !== 'ready' || !can('export:release:download')) return null
  if (isExpired(request, now)) return null
  return (
    <div className={classes.downloads}>
      {FORMATS.map(({ value, label }) => (
        <Button
          key={value}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          variant={value === 'csv' ? 'filled' : 'default'}
          onClick={() => void downloadWithFactor(`/exports/${request.id}/${value}`, session)}
        >
          Download {label}
        </Button>
      ))}
      <span className={classes.quiet}>A zip with the data and the manifest. Each download is logged.</span>
    </div>
  )
}
