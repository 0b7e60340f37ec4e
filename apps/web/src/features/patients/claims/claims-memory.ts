import { useRouter } from '@tanstack/react-router'
import { forgetOutside } from '../../../lib/history/forget-outside.ts'
import { useSession } from '../../../lib/session/session.ts'
import type { Outputs } from '../../../lib/trpc.ts'

/** What stands in the fields of the search, as it was typed. */
export const NOTHING_TYPED = {
  number: '',
  payer: '',
  month: '',
  mrn: '',
  atLeast: '',
  atMost: '',
  status: '',
  outcome: '',
}
export type Typed = typeof NOTHING_TYPED

interface Search {
  readonly typed: Typed
  readonly result: Outputs['claims']['search']
}

let kept: (Search & { readonly userId: string }) | null = null

/**
 * The last search for claims and its hits, for whoever comes back from a record or a chart. In this tab's
 * memory alone, never in the URL or a storage, and no longer than the same person stays among claims and
 * patients.
 */
export const useClaimsMemory = () => {
  const router = useRouter()
  const { user } = useSession()
  return {
    last: kept !== null && kept.userId === user.id ? kept : null,
    keep: (search: Search): void => {
      if (kept === null)
        forgetOutside(router, window, ['/claims', '/patients'], () => {
          kept = null
        })
      kept = { ...search, userId: user.id }
    },
  }
}
