import type { ExportStatus } from '@chartward/contract'
import type { Outputs } from '../../lib/trpc.ts'

export type ExportView = Outputs['exports']['get']

/** The statuses from which a request goes on by itself. */
export const isMoving = (status: ExportStatus): boolean => status === 'approved' || status === 'building'
