import { type Outcome, outcome } from '@chartward/contract'
import { StatusTag, type TagTone } from '../../components/status-tag.tsx'

export const OUTCOMES: Readonly<Record<Outcome, { label: string; tone: TagTone }>> = {
  success: { label: 'Success', tone: 'good' },
  failure: { label: 'Failure', tone: 'warn' },
  refused: { label: 'Refused', tone: 'bad' },
  asked: { label: 'Asked for a code', tone: 'quiet' },
}

/** Of an entry as it stands in the database: a row that somebody has changed may say anything. */
export const OutcomeTag = ({ said }: { said: string }) => {
  const known = outcome.safeParse(said).data
  return known === undefined ? (
    <StatusTag tone="quiet">{said}</StatusTag>
  ) : (
    <StatusTag tone={OUTCOMES[known].tone}>{OUTCOMES[known].label}</StatusTag>
  )
}
