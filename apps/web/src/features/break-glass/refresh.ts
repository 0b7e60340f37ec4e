import { trpc } from '../../lib/trpc.ts'

/** What an act on a use changes. */
export const refreshOf = (id: string) => [
  { queryKey: trpc.breakGlass.get.queryKey({ id }) },
  { queryKey: trpc.breakGlass.list.queryKey() },
]
