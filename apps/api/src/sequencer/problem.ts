import { inspectRow } from '@chartward/audit'
import type { StoredEntry } from '../audit/log/stored-entries.ts'
import type { SequencerContext } from './context.ts'

/** It enrols a key that was not handed over to; it says that a bundle was signed by one not in force. */
export type KeyProblem = 'key-not-handed-over' | 'key-not-in-force'

/**
 * Why a queued entry may not enter the log, or null where it may: its MAC is not the application's, its leaf
 * hash or columns are not those of its bytes, it is gone, or a signing key in it is not one (`byKeys`). Codes
 * and names of columns, never a value.
 */
export const problemOf = (
  entry: StoredEntry | undefined,
  isOwn: SequencerContext['isOwn'],
  byKeys: KeyProblem | null = null,
): string | null => {
  if (entry === undefined) return 'entry-missing'
  if (!isOwn(entry.bytes, entry.mac)) return 'bad-mac'
  if (byKeys !== null) return byKeys
  const [problem] = inspectRow({ ...entry, index: 0 })
  return problem === undefined ? null : `${problem.code}: ${problem.column}`
}
