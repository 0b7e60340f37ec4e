import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useKeptList } from './history/use-kept-list.ts'

interface Page<Row> {
  items: Row[]
  nextCursor: string | null
}

interface Options<Row, P extends Page<Row>> {
  /** Of the procedure and its input, so that invalidating the procedure renews the pages too. */
  queryKey: readonly unknown[]
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<P>
  enabled?: boolean
  gcTime?: number
  staleTime?: number
}

/**
 * A keyset-paged list that grows downwards. tRPC's own helper is not used: it adds a `direction` to the
 * input, and the API refuses inputs with keys that it does not know.
 */
export const usePages = <Row, P extends Page<Row>>({ queryKey, fetchPage, ...rest }: Options<Row, P>) => {
  const query = useInfiniteQuery({
    queryKey: [...queryKey, 'pages'],
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    ...useKeptList([...queryKey, 'pages']),
    ...rest,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.items), [pages])
  return { query, rows, first: pages?.[0] }
}
