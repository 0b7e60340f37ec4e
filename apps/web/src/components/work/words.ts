import type { Work, WorkFailure, WorkKindName, WorkState } from '@chartward/contract'
import { countOf, formatBytes, formatCount } from '../../lib/format.ts'
import type { TagTone } from '../status-tag.tsx'

/** What is said of long work, in the same words wherever it stands. Pure. */

/** What each kind is called. */
export const KIND_WORDS: Readonly<Record<WorkKindName, string>> = {
  'check-log': 'Checking the log',
  'export-log': 'Downloading the log',
  'build-export': 'Building an export',
  'import-upload': 'Importing an upload',
  'withdraw-upload': 'Withdrawing an upload',
  'change-people': 'Changing people',
  'lock-down': 'Locking accounts down',
}

interface PhaseWords {
  /** What it is doing. */
  readonly doing: string
  /** What is counted. */
  readonly one: string
  readonly many: string
}

const PHASE_WORDS: Readonly<Record<NonNullable<Work['phase']>, PhaseWords>> = {
  entries: { doing: 'Comparing the entries with the signed tree', one: 'entry', many: 'entries' },
  rows: { doing: 'Comparing the rows with what the log says of them', one: 'row', many: 'rows' },
  contents: { doing: 'Opening every record', one: 'version', many: 'versions' },
  sending: { doing: 'Sending', one: 'entry', many: 'entries' },
  people: { doing: 'Reading the patients', one: 'patient', many: 'patients' },
  records: { doing: 'De-identifying the records', one: 'record', many: 'records' },
  verifying: { doing: 'Searching the files for identifiers', one: 'file', many: 'files' },
  reading: { doing: 'Storing the records', one: 'byte', many: 'bytes' },
  waiting: { doing: 'Storing what waited for its patient', one: 'record', many: 'records' },
  persons: { doing: 'Changing people one by one', one: 'person', many: 'people' },
  accounts: { doing: 'Locking one account after the other', one: 'account', many: 'accounts' },
  patients: { doing: 'Taking back the records', one: 'patient', many: 'patients' },
}

export const phaseWords = (work: Work): string => {
  if (work.cancelAskedAt !== null) return 'Being cancelled'
  if (work.state === 'waiting') return 'Waits for its turn'
  return work.phase === null ? 'Beginning' : PHASE_WORDS[work.phase].doing
}

/** "1,024 of 4,096 entries"; null while there is nothing to count. */
export const countWords = ({ phase, done, total }: Work): string | null => {
  if (phase === null || (done === 0 && total === null)) return null
  const { one, many } = PHASE_WORDS[phase]
  if (one === 'byte') return `${formatBytes(done)} of ${formatBytes(total ?? done)}`
  return total === null ? countOf(done, one, many) : `${formatCount(done)} of ${countOf(total, one, many)}`
}

/** "120 entries a second"; null while too little is known. */
export const rateWords = ({ phase, rate }: Work): string | null => {
  if (phase === null || rate === null) return null
  const { one, many } = PHASE_WORDS[phase]
  if (one === 'byte') return `${formatBytes(rate)} a second`
  return rate >= 1
    ? `${countOf(Math.round(rate), one, many)} a second`
    : `${countOf(Math.max(1, Math.round(rate * 60)), one, many)} a minute`
}

/** "about 40 seconds": no more exact than it is known. */
export const lengthWords = (seconds: number): string => {
  if (seconds < 10) return 'a few seconds'
  if (seconds < 60) return `about ${Math.ceil(seconds / 10) * 10} seconds`
  if (seconds < 5400) return `about ${countOf(Math.round(seconds / 60), 'minute')}`
  return `about ${countOf(Math.round(seconds / 3600), 'hour')}`
}

/** What is known of when this step ends. */
export const leftWords = ({ state, phase, secondsLeft, silent }: Work): string => {
  if (silent) return 'Nothing was heard of it for a while; it is taken up again by itself'
  if (state === 'waiting' || phase === null) return 'Time left not known yet'
  return secondsLeft === null ? 'Time left not known' : `${lengthWords(secondsLeft)} left of this step`
}

/** From asking to the end. */
export const tookWords = ({ startedAt, endedAt }: Pick<Work, 'startedAt' | 'endedAt'>): string => {
  if (startedAt === null || endedAt === null) return '—'
  const seconds = Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000))
  if (seconds < 60) return `${formatCount(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** In hundredths, rounded down; null where it is not known how much there is. */
export const percentOf = ({ done, total }: Work): number | null =>
  total === null || total === 0 ? null : Math.min(100, Math.floor((done * 100) / total))

/** What is heard of it: new words at each phase and at each quarter of one, not at each look. */
export const spokenWords = (work: Work): string => {
  const percent = percentOf(work)
  const quarter = percent === null ? 0 : Math.floor(percent / 25) * 25
  const doing = `${KIND_WORDS[work.kind]}: ${phaseWords(work).toLowerCase()}`
  return quarter === 0 ? `${doing}.` : `${doing}, ${quarter} percent.`
}

export const STATE_WORDS: Readonly<Record<WorkState, { readonly label: string; readonly tone: TagTone }>> = {
  waiting: { label: 'Waits', tone: 'info' },
  running: { label: 'Runs', tone: 'info' },
  done: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
}

const FAILURE_WORDS: Readonly<Record<WorkFailure, string>> = {
  'gave-up':
    'It was tried several times and did not come to an end. Ask again; if it fails again, tell whoever runs Chartward.',
  'cut-off': 'The server stopped, or met an error, while it ran. Ask again.',
  'broken-off': 'The download broke off before its end. Ask again.',
  'identifier-found': 'The finished files held an identifier. Nothing was released.',
  'not-verified': 'The finished files were not what was written. Nothing was released.',
  'records-untrusted': 'A stored record failed its integrity check. Nothing was released.',
  'too-large': 'A file was too large. Ask for fewer kinds of records.',
  'no-space': 'The database is nearly full.',
  'not-permitted':
    'Whoever asked for it may not do it any more. What had been done stays; somebody else has to do the rest.',
}

/** What came of it, in a sentence; null while nothing has. */
export const resultWords = (work: Work): string | null => {
  if (!work.vouched)
    return 'This row was not written by Chartward. Nothing of it counts; tell the security officer.'
  if (work.failure !== null) return FAILURE_WORDS[work.failure]
  if (work.state === 'cancelled')
    return work.kind === 'import-upload'
      ? 'What had been stored stays.'
      : work.kind === 'change-people'
        ? 'Who was changed stays changed; the others are as they were.'
        : 'Nothing is left of it.'
  if (work.result === null) return null
  switch (work.kind) {
    case 'check-log': {
      const { checked, problemCount, ok, unchecked } = work.result
      const found = ok ? 'everything fits' : `${countOf(problemCount, 'problem')} found`
      const left = unchecked.length === 0 ? '' : '; not all could be checked'
      return `${countOf(checked, 'entry', 'entries')} checked: ${found}${left}.`
    }
    case 'export-log':
      return `${countOf(work.result.size, 'entry', 'entries')} sent.`
    case 'build-export':
      return `${countOf(work.result.records, 'record')} of ${countOf(work.result.patients, 'patient')}, ready to download.`
    case 'change-people': {
      const left = work.result.refused + work.result.overtaken
      return `${countOf(work.result.done, 'person', 'people')} changed${left === 0 ? '' : `, ${formatCount(left)} not`}: see People.`
    }
    case 'import-upload':
    case 'withdraw-upload':
      return `${countOf(work.result.patients, 'patient')}: see Imports.`
    case 'lock-down': {
      const { people, lockedDown, waiting, left, bound } = work.result
      const more = [
        ...(waiting === 0 ? [] : [`${formatCount(waiting)} once a second person has agreed`]),
        ...(bound === 0
          ? []
          : [`${formatCount(bound)} left to somebody else, who may lock down one privileged account`]),
        ...(left === 0 ? [] : [`${formatCount(left)} closed already`]),
      ]
      return `${[`${formatCount(lockedDown)} of ${countOf(people, 'account')} locked down`, ...more].join(', ')}.`
    }
  }
}
/** Whether a result is good news: a check that found something is not. */
export const toneOf = (work: Work): TagTone =>
  !work.vouched || (work.kind === 'check-log' && work.result?.ok === false)
    ? 'bad'
    : STATE_WORDS[work.state].tone

export const isOpen = ({ state }: Pick<Work, 'state'>): boolean => state === 'waiting' || state === 'running'

/** How often it is looked at: each look is an audit entry, so ever more seldom. In milliseconds. */
export const lookEvery = (ageMs: number): number => {
  if (ageMs < 20_000) return 2_000
  if (ageMs < 120_000) return 5_000
  return 15_000
}
