import type { ExportStatus } from '@chartward/contract'
import { StatusTag, type TagTone } from '../../components/status-tag.tsx'
import type { Outputs } from '../../lib/trpc.ts'

export type ExportView = Outputs['exports']['get']

const STATUSES: Record<ExportStatus, { label: string; tone: TagTone }> = {
  requested: { label: 'Waits for approval', tone: 'info' },
  approved: { label: 'Approved', tone: 'info' },
  building: { label: 'Being built', tone: 'info' },
  ready: { label: 'Ready', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
}

/** The statuses from which a request goes on by itself. */
export const isMoving = (status: ExportStatus): boolean => status === 'approved' || status === 'building'

export const ExportStatusTag = ({ status }: { status: ExportStatus }) => (
  <StatusTag tone={STATUSES[status].tone}>{STATUSES[status].label}</StatusTag>
)
