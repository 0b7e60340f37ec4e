import type { SearchedBy } from '@chartward/contract'
import { useRouter } from '@tanstack/react-router'
import { forgetOutside } from '../../lib/history/forget-outside.ts'
import { useSession } from '../../lib/session/session.ts'
import type { Outputs } from '../../lib/trpc.ts'

interface Search {
  readonly by: SearchedBy
  readonly text: string
  readonly result: Outputs['patients']['search']
}

interface Kept extends Search {
  readonly userId: string
}

let kept: Kept | null = null

/** What one person may have back of what was kept: their own search, of the kind that they are at. */
export const ownSearch = (found: Kept | null, userId: string, by: SearchedBy): Search | null =>
  found !== null && found.userId === userId && found.by === by ? found : null

/**
 * The last search and its hits, for whoever comes back from a patient. In this tab's memory alone, never in
 * the URL or a storage, and no longer than the same person stays among patients.
 */
export const useSearchMemory = (by: SearchedBy) => {
  const router = useRouter()
  const { user } = useSession()
  return {
    last: ownSearch(kept, user.id, by),
    keep: (search: Search): void => {
      if (kept === null)
        forgetOutside(router, window, ['/patients'], () => {
          kept = null
        })
      kept = { ...search, userId: user.id }
    },
  }
}
