import { type Checkpoint, claimedCheckpoint } from '../checkpoint.ts'
import type { AuditEntry } from '../entry.ts'
import { AuditError } from '../errors.ts'
import { leafHash, parseEntry } from '../leaf.ts'
import { verifyInclusion } from '../merkle/verify.ts'
import { LogKeys } from './log-keys.ts'
import { enrolmentNote } from './statement.ts'

/** An entry with the proof that it is in the tree of a checkpoint. */
export interface ProvenEntry {
  index: number
  /** The exact bytes that are hashed. */
  bytes: Uint8Array
  /** RFC 9162 section 2.1.3, from the leaf up. */
  proof: Uint8Array[]
}

/** The entry, where its proof leads to the checkpoint's root; null else. Never throws for bad material. */
export const entryProvenBy = (
  { index, bytes, proof }: ProvenEntry,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
): AuditEntry | null => {
  if (!verifyInclusion({ index, size, leafHash: leafHash(bytes), proof, root })) return null
  try {
    return parseEntry(bytes)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/**
 * What a checkpoint says, for a reader who has pinned a key that may have been handed over from since:
 * `handovers` are the entries of its tree that enrol the later ones, in order. Gives the keys too. Throws
 * AuditError as `verifyCheckpoint` does, and `key-not-enrolled` where a handover is none.
 */
export const verifyCheckpointBy = async (
  note: string,
  pinned: string,
  handovers: readonly ProvenEntry[],
): Promise<{ checkpoint: Checkpoint; keys: LogKeys }> => {
  const keys = LogKeys.pinned(pinned)
  // What the proofs lead to is the root that is verified at the end, by the key that they lead to.
  const claimed = claimedCheckpoint(note)
  for (const handover of handovers) {
    const entry = entryProvenBy(handover, claimed)
    const statement = entry === null ? null : enrolmentNote(entry)
    if (statement === null || !(await keys.enrol(handover.index, statement))) {
      throw new AuditError('key-not-enrolled', 'a later key of the log was not handed over to in this log')
    }
  }
  return { checkpoint: await keys.verify(note), keys }
}
