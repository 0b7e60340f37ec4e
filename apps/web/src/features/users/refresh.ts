import { trpc } from '../../lib/trpc.ts'
import type { User } from './types.ts'

/** What an act on an account may have changed. */
export const refreshOf = ({ id }: Pick<User, 'id'>) => [
  { queryKey: trpc.users.get.queryKey({ id }) },
  { queryKey: trpc.users.list.queryKey() },
  { queryKey: trpc.approvals.list.queryKey() },
]
