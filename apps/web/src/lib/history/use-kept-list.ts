import { hashKey, type QueryKey } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { queryClient } from '../trpc.ts'
import { cameBack } from './came-back.ts'

/** For so long a list that left the screen can be come back to as it was. */
const KEPT_MS = 300_000

/**
 * How a paged list is kept: whoever comes back to it finds the pages that they had loaded, and nothing is
 * asked of the server unless an act has changed the list meanwhile; whoever goes to it anew gets it anew,
 * from its first page. What may not outlive the screen says so in its own options (`PHI`).
 */
export const useKeptList = (queryKey: QueryKey): { readonly gcTime: number; readonly staleTime?: number } => {
  const hash = hashKey(queryKey)
  const [kept] = useState(() => (cameBack() ? hash : null))
  // While rendering: in an effect the query would have shown what is to be dropped, and asked for all of it.
  useMemo(() => {
    if (kept !== hash) queryClient.removeQueries({ queryKey, exact: true, type: 'inactive' })
  }, [hash])
  return kept === hash ? { gcTime: KEPT_MS, staleTime: Number.POSITIVE_INFINITY } : { gcTime: KEPT_MS }
}
