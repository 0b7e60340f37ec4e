import type { Work } from '@chartward/contract'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { BACKGROUND } from '../../lib/client.ts'
import { serverNow } from '../../lib/session/server-clock.ts'
import { client, type Inputs, queryClient, trpc } from '../../lib/trpc.ts'
import { usePoll } from '../../lib/use-poll.ts'
import { isOpen, lookEvery } from './words.ts'

const MINE = { open: true, mine: true } as const

/** Something long was asked for here: the sign in the header is to know. */
export const noteWork = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: trpc.works.list.queryKey() })

const ageOf = (works: readonly Work[]): number =>
  works.reduce(
    (age, { askedAt }) => Math.min(age, serverNow() - Date.parse(askedAt)),
    Number.POSITIVE_INFINITY,
  )

/** Long work, asked for anew while some of it waits or runs. */
export const useWorks = (input: Inputs['works']['list'] = {}) => {
  const { kind, subjectId, open, mine, limit } = input
  const answer = useQuery({ ...trpc.works.list.queryOptions(input), gcTime: 60_000 })
  const moving = (answer.data?.items ?? []).filter(isOpen)
  const look = useCallback(async () => {
    const given = { kind, subjectId, open, mine, limit }
    const fresh = await client.works.list.query(given, { context: BACKGROUND })
    queryClient.setQueryData(trpc.works.list.queryKey(given), fresh)
  }, [kind, subjectId, open, mine, limit])
  usePoll(moving.length > 0, lookEvery(ageOf(moving)), look)
  return answer
}

/** What the person themselves has asked for and that goes on. */
export const useMyWorks = () => useWorks(MINE)
