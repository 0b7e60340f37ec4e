import type { ExportStatus } from '@chartward/contract'
import type { TagTone } from '../components/status-tag.tsx'

/** What is said of a request for an export, in the same words wherever it stands. */
export interface ExportState {
  readonly label: string
  readonly tone: TagTone
}

const STATES: Readonly<Record<ExportStatus, ExportState>> = {
  requested: { label: 'Waits for approval', tone: 'info' },
  approved: { label: 'Approved', tone: 'info' },
  building: { label: 'Being built', tone: 'info' },
  ready: { label: 'Ready', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
}
const EXPIRED: ExportState = { label: 'Expired', tone: 'quiet' }

interface Stated {
  readonly status: ExportStatus
  readonly expiresAt: string | null
}

/** Whether the time for downloading a release has passed. */
export const isExpired = ({ status, expiresAt }: Stated, now: number): boolean =>
  status === 'ready' && expiresAt !== null && Date.parse(expiresAt) <= now

export const exportState = (request: Stated, now: number): ExportState =>
  isExpired(request, now) ? EXPIRED : STATES[request.status]
