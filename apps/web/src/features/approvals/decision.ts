import type { Outputs } from '../../lib/trpc.ts'

export type Approval = Outputs['approvals']['list']['items'][number]

export interface Decision {
  readonly approval: Approval
  readonly verdict: 'approve' | 'reject'
}
