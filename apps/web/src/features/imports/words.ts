import type { TagTone } from '../../components/status-tag.tsx'
import { formatBytes } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'

/** What is said of uploads. Pure. */

export type Upload = Outputs['uploads']['list']['items'][number]
export type FullUpload = Outputs['uploads']['get']

interface Standing {
  readonly label: string
  readonly tone: TagTone
}

const IMPORTED: Readonly<Record<NonNullable<Upload['import']>['state'], Standing>> = {
  waiting: { label: 'Waits', tone: 'info' },
  running: { label: 'Being imported', tone: 'info' },
  done: { label: 'Imported', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
}

/** What became of an upload: the last that was done with it. */
export const standingOf = ({
  import: work,
  withdrawal,
  trust,
}: Pick<Upload, 'import' | 'withdrawal' | 'trust'>): Standing => {
  if (withdrawal?.state === 'done') return { label: 'Withdrawn', tone: 'quiet' }
  if (withdrawal?.state === 'failed') return { label: 'Withdrawal failed', tone: 'bad' }
  if (withdrawal !== null) return { label: 'Being withdrawn', tone: 'warn' }
  if (trust?.state === 'trusted') return { label: 'Trusted', tone: 'good' }
  if (trust?.state === 'waiting') return { label: 'Waits for approval', tone: 'info' }
  return work === null ? { label: 'Not told', tone: 'bad' } : IMPORTED[work.state]
}

const goesOn = (work: Upload['import']): boolean => work?.state === 'waiting' || work?.state === 'running'

/** The work of an upload that goes on, if one does. */
export const openWork = ({ import: work, withdrawal }: Upload): Upload['import'] =>
  goesOn(withdrawal) ? withdrawal : goesOn(work) ? work : null

const secondsWords = (seconds: number): string =>
  seconds < 10
    ? 'a few seconds'
    : seconds < 90
      ? `about ${Math.ceil(seconds / 10) * 10} seconds`
      : `about ${Math.round(seconds / 60)} minutes`

/** "12.0 MB of 40.0 MB · 2.0 MB a second · about 20 seconds left" */
export const sendingWords = (sent: number, total: number, seconds: number): string => {
  const told = `${formatBytes(sent)} of ${formatBytes(total)}`
  if (seconds < 1 || sent === 0) return told
  if (sent >= total) return `${told} · waiting for the server`
  const rate = sent / seconds
  return `${told} · ${formatBytes(rate)} a second · ${secondsWords((total - sent) / rate)} left`
}
