import { inspectRow } from '@chartward/audit'
import type { StoredEntry } from '../audit/log/stored-entries.ts'
import type { SequencerContext } from './context.ts'

/**
 * Why a queued entry may not enter the log, or null where it may: its MAC is not the application's, its leaf
 * hash or columns are not those of its bytes, or it is gone. Codes and names of columns, never a value.
 */
export const problemOf = (
  entry: StoredEntry | undefined,
  isOwn: SequencerContext['isOwn'],
): string | null => {
  if (entry === undefined) return 'entry-missing'
  if (!isOwn(entry.bytes, entry.mac)) return 'bad-mac'
  const [problem] = inspectRow({ ...entry, index: 0 })
  return problem === undefined ? null : `${problem.code}: ${problem.column}`
}
