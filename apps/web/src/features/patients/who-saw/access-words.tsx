import type { AccessGround } from '@chartward/contract'
import { StatusTag, type TagTone } from '../../../components/status-tag.tsx'
import { typeLabel } from '../../../lib/fhir/labels.ts'
import { countOf, sentence } from '../../../lib/format.ts'
import type { Outputs } from '../../../lib/trpc.ts'

export type Access = Outputs['audit']['accesses']['items'][number]

/** By what somebody reached the patient, in words. */
const GROUNDS: Readonly<Record<AccessGround, string>> = {
  care: 'Care relationship',
  'break-glass': 'Break-glass',
  'all-patients': 'Role that reaches all patients',
  self: 'Is the patient',
  none: 'None',
  program: 'Program of the installation',
  unknown: 'The entry does not say',
}

export const groundText = ({ ground, relationship }: Pick<Access, 'ground' | 'relationship'>): string => {
  const kind = relationship?.kind ?? null
  if (ground === 'care') return kind === null ? GROUNDS.care : `${GROUNDS.care} (${sentence(kind)})`
  return relationship === null ? GROUNDS[ground] : `${GROUNDS[ground]}; care relationship too`
}

const OUTCOMES: Readonly<Record<string, { label: string; tone: TagTone }>> = {
  success: { label: 'Shown', tone: 'info' },
  refused: { label: 'Refused', tone: 'bad' },
  asked: { label: 'Asked for a code', tone: 'quiet' },
  failure: { label: 'Failed', tone: 'warn' },
}

export const outcomeText = ({ outcome }: Pick<Access, 'outcome'>): string =>
  OUTCOMES[outcome]?.label ?? outcome

export const AccessOutcome = ({ access }: { access: Access }) => (
  <StatusTag tone={OUTCOMES[access.outcome]?.tone ?? 'quiet'}>{outcomeText(access)}</StatusTag>
)

/** "Record listed: Condition, 12 records", "Patient listed: among 50 patients". */
export const whatText = ({ action, resourceType, count, patients }: Access): string => {
  const list = patients > 1
  const parts = [
    list || resourceType === 'none' || resourceType === 'Patient' ? null : typeLabel(resourceType),
    list ? `among ${countOf(patients, 'patient')}` : null,
    !list && action.startsWith('record.') && count !== null ? countOf(count, 'record') : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sentence(action) : `${sentence(action)}: ${parts.join(', ')}`
}

/** Why: what the person typed; where they were not let in, what decided. */
export const whyText = ({ note, noteWithheld, outcome, reason, purpose }: Access): string | null => {
  if (note !== null) return note
  if (noteWithheld) return 'A reason was typed, which can’t be shown'
  return outcome === 'success' ? (purpose === null ? null : sentence(purpose)) : reason
}

export const rolesText = ({ roles }: Access): string => roles.map(({ title }) => title).join(', ')
