import type { Outputs } from '../trpc.ts'

type Meaning = Outputs['records']['get']['meaning']

const UNNAMED = {
  negated: 'Not so',
  retracted: 'Taken back',
  unknown: 'Changed by something this system doesn’t understand',
} as const

/** What may not be ignored of a record, in words; null for one that is as it reads. */
export const meaningText = ({ standing, words }: Pick<Meaning, 'standing' | 'words'>): string | null =>
  words.length > 0 ? words.join(', ') : standing === 'said' ? null : UNNAMED[standing]

/** A standing as a filter of a list calls it. */
export const standingLabel = (standing: Meaning['standing']): string =>
  ({ said: '', negated: 'Negated', retracted: 'Taken back', unknown: 'Not understood' })[standing]
