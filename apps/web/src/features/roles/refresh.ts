import { trpc } from '../../lib/trpc.ts'

/** What an act on a role may have changed. */
export const REFRESH = [
  { queryKey: trpc.roles.pathKey() },
  { queryKey: trpc.users.pathKey() },
  { queryKey: trpc.approvals.list.queryKey() },
]
