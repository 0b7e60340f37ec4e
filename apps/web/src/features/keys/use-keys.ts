import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { BACKGROUND } from '../../lib/client.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'

/** Each look is an audit entry, and a rotation takes minutes. In milliseconds. */
const LOOK_MS = 5_000

/** What an act on keys may have changed. */
export const REFRESH = [{ queryKey: trpc.keys.pathKey() }, { queryKey: trpc.needsYou.pathKey() }]

/** Every key, asked for anew while one of them is rotated. */
export const useKeys = () => {
  const answer = useQuery({ ...trpc.keys.list.queryOptions({}), staleTime: 0 })
  const moving = (answer.data?.items ?? []).some(({ rotation }) => rotation?.state === 'running')
  const look = useCallback(async () => {
    const fresh = await client.keys.list.query({}, { context: BACKGROUND })
    queryClient.setQueryData(trpc.keys.list.queryKey({}), fresh)
    if (fresh.items.every(({ rotation }) => rotation === null))
      await queryClient.invalidateQueries({ queryKey: trpc.keys.history.queryKey() })
  }, [])
  usePoll(moving, LOOK_MS, look)
  return answer
}
