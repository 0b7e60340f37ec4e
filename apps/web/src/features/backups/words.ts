import type { BackupView, ListBackupsOutput } from '@chartward/contract'
import type { TagTone } from '../../components/status-tag.tsx'
import { formatBytes, formatCount } from '../../lib/format.ts'

export const STATE_WORDS: Readonly<Record<BackupView['state'], string>> = {
  running: 'Being made',
  made: 'Kept',
  failed: 'Failed',
  deleted: 'Deleted',
}

const FAILURE_WORDS: Readonly<Record<NonNullable<BackupView['failure']>, string>> = {
  'no-space': 'the disk was full',
  interrupted: 'it was cut off',
  refused: 'it was set up wrongly',
  failed: 'the server’s log says why',
}

export const stateOf = ({ state, failure, trusted }: BackupView): string => {
  if (!trusted) return 'Changed behind the application'
  return failure === null ? STATE_WORDS[state] : `${STATE_WORDS[state]}: ${FAILURE_WORDS[failure]}`
}

export const toneOf = ({ state, trusted }: BackupView): TagTone => {
  if (!trusted || state === 'failed') return 'bad'
  if (state === 'made') return 'good'
  return state === 'running' ? 'info' : 'quiet'
}

export const sizeOf = ({ bytes, rows }: BackupView): string =>
  bytes === null ? '—' : `${formatBytes(bytes)}${rows === null ? '' : `, ${formatCount(rows)} rows`}`

/** What came of a drill, in one line. */
export const drillWords = ({ outcome, result }: ListBackupsOutput['drills'][number]): string => {
  const number = (name: string): string => formatCount(Number(result[name] ?? 0))
  if (outcome === 'passed')
    return `${number('rows')} rows came back, ${number('entries')} log entries and every ciphertext fit`
  return result.problem === undefined
    ? `${number('problems')} things did not fit`
    : `it could not be restored: ${String(result.problem)}`
}
