import {
  type BreakGlassCause,
  type BreakGlassVerdict,
  breakGlassCause,
  breakGlassVerdict,
} from '@chartward/contract'
import type { Outputs } from '../../lib/trpc.ts'
import type { TagTone } from '../status-tag.tsx'

type Use = Outputs['breakGlass']['mine']['items'][number]

/** Why a glass is broken, in the words that one chooses from. */
export const CAUSES: Readonly<Record<BreakGlassCause, string>> = {
  emergency: 'Emergency: harm is near',
  'on-call': 'On call, and nobody in care can be reached',
  arrived: 'The patient has just arrived here',
  asked: 'Asked for help by a colleague, at once',
  other: 'Another reason',
}

export const causeOptions = breakGlassCause.options.map((value) => ({ value, label: CAUSES[value] }))

export const VERDICTS: Readonly<Record<BreakGlassVerdict, { label: string; tone: TagTone }>> = {
  appropriate: { label: 'Appropriate', tone: 'good' },
  'not-appropriate': { label: 'Not appropriate', tone: 'bad' },
  'follow-up': { label: 'Needs follow-up', tone: 'warn' },
}

export const verdictOptions = breakGlassVerdict.options.map((value) => ({
  value,
  label: VERDICTS[value].label,
}))

const ENDED: Readonly<Record<NonNullable<Use['endedEarly']>, string>> = {
  holder: 'ended by the person',
  reviewer: 'ended by whoever reviews',
  lockdown: 'ended by a lockdown',
  deactivated: 'ended with the account',
  'role-ended': 'ended with the role',
}

/** "Open", or how it ended. */
export const stateOf = ({ open, endedEarly }: Pick<Use, 'open' | 'endedEarly'>): string =>
  open ? 'Open' : endedEarly === null ? 'Over: its time was up' : `Over: ${ENDED[endedEarly]}`
