import type { RecordId } from '@chartward/policy'
import type { LentKeys } from '../../keys/lent-keys.ts'
import type { Line } from './line.ts'
import { unpackLines } from './pack.ts'
import { openSegment, type SealedSegment } from './segment.ts'

/** What the clear rows say of the records that a chain must list. */
export interface Expected {
  readonly records: number
  /** The sum of their versions. */
  readonly versions: number
  /** The last 32 bits of their ids, by exclusive or. */
  readonly ids: number
}

/**
 * The lines of a chain, the latest of each record, from its segments in order of number, the first of them
 * its base; or null where they are not all that was written. A segment that was changed, exchanged or taken
 * from the middle breaks the chain. One that is missing at the end, or a whole chain put back, leaves a
 * record out or at an older version, and no line is of a later version than its record: so number, ids and
 * sum of versions fit the records only where each line is of its record's current version.
 */
export const openChain = (
  segments: readonly SealedSegment[],
  expected: Expected,
  keys: LentKeys | null,
): ReadonlyMap<RecordId, Line> | null => {
  const lines = new Map<RecordId, Line>()
  let before: SealedSegment | null = null
  for (const segment of segments) {
    const follows =
      before === null
        ? segment.number === segment.base
        : segment.number === before.number + 1 && segment.base === before.base
    const text = follows && keys !== null ? openSegment(segment, before?.mac ?? null, keys) : null
    if (text === null) return null
    for (const line of unpackLines(text)) lines.set(line.id, line)
    before = segment
  }
  let versions = 0
  let ids = 0
  for (const { id, version } of lines.values()) {
    versions += version
    ids ^= Number.parseInt(id.slice(-8), 16)
  }
  const fits = lines.size === expected.records && versions === expected.versions && ids === expected.ids
  return fits ? lines : null
}
