import { StatusTag, type TagTone } from '../../components/status-tag.tsx'

export const OUTCOMES = [
  { value: 'success', label: 'Success', tone: 'good' },
  { value: 'failure', label: 'Failure', tone: 'warn' },
  { value: 'refused', label: 'Refused', tone: 'bad' },
] as const satisfies readonly { value: string; label: string; tone: TagTone }[]

export const Outcome = ({ outcome }: { outcome: string }) => {
  const known = OUTCOMES.find(({ value }) => value === outcome)
  return <StatusTag tone={known?.tone ?? 'quiet'}>{known?.label ?? outcome}</StatusTag>
}
