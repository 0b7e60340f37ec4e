import type { UserStatus } from '@chartward/contract'
import { StatusTag, type TagTone } from '../../components/status-tag.tsx'

export const USER_STATUSES: Readonly<Record<UserStatus, { label: string; tone: TagTone }>> = {
  active: { label: 'Active', tone: 'good' },
  invited: { label: 'Invited', tone: 'info' },
  suspended: { label: 'Locked down', tone: 'bad' },
  deactivated: { label: 'Deactivated', tone: 'quiet' },
}

export const UserStatusTag = ({ status }: { status: UserStatus }) => (
  <StatusTag tone={USER_STATUSES[status].tone}>{USER_STATUSES[status].label}</StatusTag>
)
