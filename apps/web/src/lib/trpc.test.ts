import { describe, expect, it } from 'vitest'
import { queryClient } from './trpc.ts'

describe('what was sent and is settled', () => {
  it('stays in no cache once nothing shows it: a patient search is such', async () => {
    const cache = queryClient.getMutationCache()
    const sent = cache.build(queryClient, { mutationFn: async (typed: string) => typed })
    await sent.execute('somebody')
    await expect.poll(() => cache.getAll()).toEqual([])
  })
})
