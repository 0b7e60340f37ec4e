import { StatusTag, type TagTone } from '../../components/status-tag.tsx'

export const STATUSES = [
  { value: 'active', label: 'Active', tone: 'good' },
  { value: 'invited', label: 'Invited', tone: 'info' },
  { value: 'deactivated', label: 'Deactivated', tone: 'quiet' },
] as const satisfies readonly { value: string; label: string; tone: TagTone }[]

export const UserStatus = ({ status }: { status: string }) => {
  const known = STATUSES.find(({ value }) => value === status)
  return <StatusTag tone={known?.tone ?? 'quiet'}>{known?.label ?? status}</StatusTag>
}
