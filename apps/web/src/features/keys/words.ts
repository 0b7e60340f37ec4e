import type { KeyAfterlife, KeyLine, KeyPurpose, KeyState, Rotation, RotationHold } from '@chartward/contract'
import { KEY_TITLES } from '../../components/key-titles.ts'
import type { TagTone } from '../../components/status-tag.tsx'
import { lengthWords } from '../../components/work/words.ts'
import { countOf, formatCount } from '../../lib/format.ts'

/** What is said of keys and their rotation, in the same words wherever it stands. Pure. */

interface Words {
  /** What it keeps, in a sentence. */
  readonly keeps: string
  /** What a rotation goes through, one and many. */
  readonly one: string
  readonly many: string
}

export const KEY_WORDS: Readonly<Record<KeyPurpose, Words>> = {
  kek: {
    keeps: 'Wraps every other key. It is unwrapped by the key provider alone.',
    one: 'key',
    many: 'keys',
  },
  patients: {
    keeps: 'Each patient’s records are sealed with a key of their own.',
    one: 'patient',
    many: 'patients',
  },
  'factor-secrets': {
    keeps: 'Seals the secrets of authenticator apps.',
    one: 'secret',
    many: 'secrets',
  },
  'credential-hashes': {
    keeps: 'Seals the hashes of passwords and recovery codes: the pepper.',
    one: 'hash',
    many: 'hashes',
  },
  'audit-notes': { keeps: 'Seals the reasons in the audit log.', one: 'note', many: 'notes' },
  reasons: {
    keeps: 'Seals what people wrote with requests, roles and decisions.',
    one: 'text',
    many: 'texts',
  },
  directory: { keeps: 'Seals practitioners and organizations.', one: 'entry', many: 'entries' },
  exports: { keeps: 'Seals the files of exports until they expire.', one: 'piece', many: 'pieces' },
  uploads: { keeps: 'Seals uploaded files until they are stored.', one: 'piece', many: 'pieces' },
  mails: { keeps: 'Seals mails until they are sent.', one: 'mail', many: 'mails' },
  'attempt-counters': {
    keeps: 'Hides whose attempts at signing in are counted.',
    one: 'counter',
    many: 'counters',
  },
  integrity: {
    keeps: 'Proves that a record’s version is what was written.',
    one: 'version',
    many: 'versions',
  },
  'row-seals': {
    keeps: 'Proves that accounts, roles and grants were written by Chartward.',
    one: 'row',
    many: 'rows',
  },
  tokens: {
    keeps: 'Hides the tokens of sessions, links and devices.',
    one: 'token',
    many: 'tokens',
  },
  'source-ids': {
    keeps: 'Hides the ids that other systems call records by.',
    one: 'id',
    many: 'ids',
  },
  'blind-index': {
    keeps: 'Makes patients and claims findable without their names in the database.',
    one: 'patient or entry',
    many: 'patients and entries',
  },
}

/** What a rotation means, before it starts. */
const AFTERLIFE_WORDS: Readonly<Record<KeyAfterlife, string>> = {
  anew: 'Another key comes into force, and what was made with the one before is made anew in the background. Then the old key is retired.',
  passes:
    'Another key comes into force. What was made with the one before is gone by itself before long, and then the old key is retired.',
  stays:
    'Another key comes into force for what is new. What was made before keeps the key that it names, which stays to open and check it for as long as it is kept.',
}

export const meaningOf = ({ purpose, afterlife }: Pick<KeyLine, 'purpose' | 'afterlife'>): string => {
  if (purpose === 'kek')
    return 'Another KEK comes into force, and every key is wrapped under it anew. No record is opened. Then the old KEK is retired.'
  if (purpose === 'patients')
    return 'Each patient whose key is due gets another one, and their records are sealed with it anew. What they say, and their signatures, stay as they are.'
  return AFTERLIFE_WORDS[afterlife]
}

/** What it costs, before it starts. */
export const costWords = (
  purpose: KeyPurpose,
  { things, seconds }: { readonly things: number; readonly seconds: number | null },
): string => {
  const { one, many } = KEY_WORDS[purpose]
  if (things === 0) return 'Nothing has to be made anew.'
  const time =
    seconds === null
      ? 'How long that takes is not known yet'
      : `By the last one that takes ${lengthWords(seconds)}`
  return `${countOf(things, one, many)} ${things === 1 ? 'is' : 'are'} made anew. ${time}. Everybody works on meanwhile.`
}

export const STATE_WORDS: Readonly<Record<KeyState, { readonly label: string; readonly tone: TagTone }>> = {
  pending: { label: 'Pending', tone: 'info' },
  primary: { label: 'In force', tone: 'good' },
  'decrypt-only': { label: 'Opens and checks', tone: 'quiet' },
  disabled: { label: 'Retired', tone: 'quiet' },
  destroyed: { label: 'Destroyed', tone: 'quiet' },
}

export const clockWords = ({
  clock,
  rotation,
}: Pick<KeyLine, 'clock' | 'rotation'>): { readonly label: string; readonly tone: TagTone } => {
  if (rotation?.state === 'paused') return { label: 'Rotation paused', tone: 'warn' }
  if (rotation !== null) return { label: 'Rotating', tone: 'info' }
  if (clock === 'due') return { label: 'Due', tone: 'bad' }
  return clock === 'soon' ? { label: 'Due soon', tone: 'warn' } : { label: 'In time', tone: 'good' }
}

const PHASE_WORDS: Readonly<Record<Rotation['phase'], string>> = {
  pending: 'Every server process learns of the new key',
  rewriting: 'Making anew what the old key made',
  settling: 'Waiting until nothing is made with the old key',
  retiring: 'Retiring the old key',
  ended: 'Ended',
}

export const phaseWords = ({ state, phase }: Pick<Rotation, 'state' | 'phase'>): string =>
  state === 'paused' ? 'Paused: both keys open what they made' : PHASE_WORDS[phase]

const HOLD_WORDS: Readonly<Record<RotationHold, string>> = {
  'no-login':
    'It can’t go on: the database login of rotations is not set up. Set CHARTWARD_REKEY_DATABASE_URL, then it goes on by itself.',
  'in-use': 'Something was made with the old key meanwhile: it is looked through once more.',
  canary: 'A key that was wrapped anew does not open. The old KEK stays. Check the log before anything else.',
  unreadable:
    'Something does not open, so it was left as it is, and the old key stays. Check the log: it was changed outside Chartward.',
  passes: 'The old key stays until what it made is gone by itself.',
  stays: 'The old key stays to open and check what it made.',
}

/** What holds it up, or keeps the old key; null where nothing does. */
export const holdWords = ({ hold }: Pick<Rotation, 'hold'>): string | null =>
  hold === null ? null : HOLD_WORDS[hold]

/** Whether somebody has to do something about that. */
export const isTrouble = ({ hold }: Pick<Rotation, 'hold'>): boolean =>
  hold === 'no-login' || hold === 'canary' || hold === 'unreadable'

/** "1,024 of 4,096 keys · 12,000 a second · about 40 seconds left". */
export const progressWords = ({ purpose, done, total, rate, secondsLeft }: Rotation): string => {
  const { one, many } = KEY_WORDS[purpose]
  const count =
    total === null
      ? countOf(done, one, many)
      : `${formatCount(Math.min(done, total))} of ${countOf(total, one, many)}`
  return [
    count,
    ...(rate === null ? [] : [`${formatCount(Math.max(1, Math.round(rate)))} a second`]),
    ...(secondsLeft === null || secondsLeft === 0 ? [] : [`${lengthWords(secondsLeft)} left`]),
  ].join(' · ')
}

export const percentOf = ({ done, total }: Rotation): number | null =>
  total === null || total === 0 ? null : Math.min(100, Math.floor((done * 100) / total))

const CAUSE_WORDS: Readonly<Record<Rotation['cause'], string>> = {
  schedule: 'By its clock',
  hand: 'By hand',
  suspicion: 'On suspicion',
}

export const causeWords = ({ cause, askedBy }: Pick<Rotation, 'cause' | 'askedBy'>): string =>
  askedBy === null ? CAUSE_WORDS[cause] : `${CAUSE_WORDS[cause]}, ${askedBy.displayName}`

export const titleOf = ({ purpose, ofOne }: Pick<Rotation, 'purpose' | 'ofOne'>): string =>
  ofOne ? 'One patient’s key' : KEY_TITLES[purpose]
