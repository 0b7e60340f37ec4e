import type { PeopleChangeKind, PeopleChangeState } from '@chartward/contract'
import type { TagTone } from '../../components/status-tag.tsx'
import type { Outputs } from '../../lib/trpc.ts'

export type Change = Outputs['people']['list']['items'][number]
export type FullChange = Outputs['people']['get']

export const KINDS: Readonly<Record<PeopleChangeKind, string>> = {
  import: 'Import from a file',
  bulk: 'Change of several people',
  transfer: 'Transfer of a person',
}

export const STATES: Readonly<Record<PeopleChangeState, { label: string; tone: TagTone }>> = {
  draft: { label: 'Not asked for yet', tone: 'warn' },
  waiting: { label: 'Waits for approval', tone: 'info' },
  rejected: { label: 'Not carried out', tone: 'quiet' },
  running: { label: 'Being carried out', tone: 'info' },
  ended: { label: 'Carried out', tone: 'good' },
}
