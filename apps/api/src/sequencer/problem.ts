import { inspectRow } from '@chartward/audit'
import type { StoredEntry } from '../audit/log/stored-entries.ts'
import type { SequencerContext } from './context.ts'

/**
 * Why a queued entry may not enter the log, or null where it may: its MAC is not the application's, its leaf
 * hash or columns are not those of its bytes, it is gone, or it enrols a signing key that was not handed over
 * to. Codes and names of columns, never a value.
 */
export const problemOf = (
  entry: StoredEntry | undefined,
  isOwn: SequencerContext['isOwn'],
  handedOver = true,
): string | null => {
  if (entry === undefined) return 'entry-missing'
  if (!isOwn(entry.bytes, entry.mac)) return 'bad-mac'
  if (!handedOver) return 'key-not-handed-over'
  const [problem] = inspectRow({ ...entry, index: 0 })
  return problem === undefined ? null : `${problem.code}: ${problem.column}`
}
