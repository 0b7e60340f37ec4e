import type { Outputs } from '../../lib/trpc.ts'

export type User = Outputs['users']['get']
export type Assignment = User['assignments'][number]
export type UserSession = User['sessions'][number]
export type PendingApproval = User['pending'][number]
