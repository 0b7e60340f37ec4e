import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { BACKGROUND } from './client.ts'
import { onChange } from './session/change-link.ts'
import { client, queryClient, trpc } from './trpc.ts'
import { usePoll } from './use-poll.ts'

/** Each look is an audit entry, and what waits does so for hours. */
const POLL_MS = 300_000

const look = async (): Promise<void> => {
  const fresh = await client.needsYou.list.query({}, { context: BACKGROUND })
  queryClient.setQueryData(trpc.needsYou.list.queryKey({}), fresh)
}

/** What needs the person: the landing page and the navigation show the same answer. */
export const useNeeds = (staleTime = POLL_MS) =>
  useQuery({ ...trpc.needsYou.list.queryOptions({}), staleTime })

/** Keeps that answer: asked anew now and then, and after each change that is made here. */
export const useFreshNeeds = (): void => {
  usePoll(true, POLL_MS, look)
  useEffect(
    () =>
      onChange(() => {
        void queryClient.invalidateQueries({ queryKey: trpc.needsYou.list.queryKey({}) })
      }),
    [],
  )
}
