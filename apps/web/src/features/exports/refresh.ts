import { trpc } from '../../lib/trpc.ts'
import type { ExportView } from './export-view.ts'

/** What a decision on a request may have changed. */
export const refreshOf = ({ id }: Pick<ExportView, 'id'>) => [
  { queryKey: trpc.exports.get.queryKey({ id }) },
  { queryKey: trpc.exports.list.queryKey() },
]
